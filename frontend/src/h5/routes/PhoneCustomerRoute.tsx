import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { Link, useNavigate, useParams } from 'react-router';
import type { PhoneCustomerRouteQuery } from '@/__generated__/PhoneCustomerRouteQuery.graphql';
import { CustomerPhonePage } from '@/features/customers/CustomerPhonePage';
import { EmptyState } from '@/shared/EmptyState';
import { Reading } from '@/shared/Reading';
import { useCan } from '@/shared/session';
import { BackBar } from '../BackBar';

export function PhoneCustomerRoute() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  return (
    <>
      <BackBar title={t('customers.profile')} />
      <Reading askKey={id}>{(attempt) => <Customer id={id} attempt={attempt} />}</Reading>
    </>
  );
}

type Props = { id: string; attempt: number };

function Customer({ id, attempt }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canVisit = useCan('TASKS_RECORD_VISIT');
  const { customer } = useLazyLoadQuery<PhoneCustomerRouteQuery>(
    graphql`
      query PhoneCustomerRouteQuery($id: ID!) {
        customer(id: $id) {
          ...CustomerPhonePage_customer
        }
      }
    `,
    { id },
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  if (!customer) return <EmptyState title={t('customers.gone')} advice={t('customers.goneAdvice')} />;
  return (
    <>
      <CustomerPhonePage
        customer={customer}
        onOpen={(other) => void navigate(`/customers/${encodeURIComponent(other)}`)}
      />
      {canVisit && (
        <div className="dock">
          <Link to={`/visit/${encodeURIComponent(id)}`} className="phone-button phone-button-strong">
            {t('walk.visit')}
          </Link>
        </div>
      )}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { useNavigate, useParams } from 'react-router';
import type { VisitRouteQuery } from '@/__generated__/VisitRouteQuery.graphql';
import { VisitFlow } from '@/features/visits/VisitFlow';
import { EmptyState } from '@/shared/EmptyState';
import { Reading } from '@/shared/Reading';
import { BackBar } from '../BackBar';

export function VisitRoute() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  return (
    <>
      <BackBar title={t('visit.title')} />
      <Reading askKey={id}>{(attempt) => <Visit id={id} attempt={attempt} />}</Reading>
    </>
  );
}

type Props = { id: string; attempt: number };

function Visit({ id, attempt }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { customer } = useLazyLoadQuery<VisitRouteQuery>(
    graphql`
      query VisitRouteQuery($id: ID!) {
        customer(id: $id) {
          ...VisitFlow_customer
        }
      }
    `,
    { id },
    { fetchKey: attempt },
  );
  if (!customer) return <EmptyState title={t('customers.gone')} advice={t('customers.goneAdvice')} />;
  return <VisitFlow customer={customer} onLeave={() => void navigate('/')} />;
}

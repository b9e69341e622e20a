import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { Link, useNavigate, useParams } from 'react-router';
import type { CustomerRouteQuery } from '@/__generated__/CustomerRouteQuery.graphql';
import { CustomerProfile } from '@/features/customers/CustomerProfile';
import { OwnershipNote } from '@/features/ownership/OwnershipNote';
import { EmptyState } from '@/shared/EmptyState';
import { Reading } from '@/shared/Reading';

/** One customer on a page of its own, for a link or a second screen. */
export function CustomerRoute() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  return (
    <div className="page page-narrow">
      <p className="crumbs">
        <Link to="/customers">{t('menu.customers')}</Link>
      </p>
      <Reading askKey={id}>
        {(attempt) => (
          <CustomerById
            id={id}
            attempt={attempt}
            onOpen={(other) => void navigate(`/customers/${encodeURIComponent(other)}`)}
          />
        )}
      </Reading>
    </div>
  );
}

type ByIdProps = { id: string; attempt: number; onOpen: (id: string) => void };

export function CustomerById({ id, attempt, onOpen }: ByIdProps) {
  const { t } = useTranslation();
  const [given, setGiven] = useState(0);
  const { customer } = useLazyLoadQuery<CustomerRouteQuery>(
    graphql`
      query CustomerRouteQuery($id: ID!) {
        customer(id: $id) {
          ...CustomerProfile_customer
          ...OwnershipNote_customer
        }
      }
    `,
    { id },
    { fetchKey: `${attempt} ${given}`, fetchPolicy: 'store-and-network' },
  );
  if (!customer) return <EmptyState title={t('customers.gone')} advice={t('customers.goneAdvice')} />;
  // What was chosen or just done belongs to one customer: another begins anew.
  return (
    <>
      <OwnershipNote key={`of ${id}`} customer={customer} onGiven={() => setGiven(given + 1)} />
      <CustomerProfile key={id} customer={customer} onOpen={onOpen} />
    </>
  );
}

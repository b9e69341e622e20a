import { graphql, useLazyLoadQuery } from 'react-relay';
import type { CustomersRoutePlacesQuery } from '@/__generated__/CustomersRoutePlacesQuery.graphql';
import { CustomerFilterBar } from '@/features/customers/CustomerFilterBar';
import type { CustomerAsk } from '@/features/customers/filter';

type Props = { ask: CustomerAsk; onChange: (ask: CustomerAsk) => void };

/** The filters, once the grids and outlets that can be chosen are there. */
export function CustomersRoutePlaces({ ask, onChange }: Props) {
  const places = useLazyLoadQuery<CustomersRoutePlacesQuery>(
    graphql`
      query CustomersRoutePlacesQuery {
        ...CustomerFilterBar_places
      }
    `,
    {},
  );
  return <CustomerFilterBar ask={ask} places={places} onChange={onChange} />;
}

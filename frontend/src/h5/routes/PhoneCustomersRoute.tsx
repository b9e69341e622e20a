import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import { useSearchParams } from 'react-router';
import type { PhoneCustomersRoute_list$key } from '@/__generated__/PhoneCustomersRoute_list.graphql';
import type { PhoneCustomersRoutePageQuery } from '@/__generated__/PhoneCustomersRoutePageQuery.graphql';
import type {
  PhoneCustomersRouteQuery,
  PhoneCustomersRouteQuery$variables,
} from '@/__generated__/PhoneCustomersRouteQuery.graphql';
import { CustomerCard } from '@/features/customers/CustomerCard';
import {
  askOfSearch,
  type CustomerAsk,
  filterOfAsk,
  isUnfiltered,
  NOTHING_ASKED,
  searchOfAsk,
  withChange,
} from '@/features/customers/filter';
import { PhoneCustomerSearch } from '@/features/customers/PhoneCustomerSearch';
import { EmptyState } from '@/shared/EmptyState';
import { EndlessCards } from '@/shared/patterns/EndlessCards';
import { Reading } from '@/shared/Reading';

const PAGE_SIZE = 20;

/** 客户: search by name, phone or address, with the four questions a manager asks most. */
export function PhoneCustomersRoute() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const ask = askOfSearch(search);
  const go = (part: Partial<CustomerAsk>) => setSearch(searchOfAsk(withChange(ask, part)), { replace: true });
  return (
    <>
      <header className="phone-head phone-head-sticky">
        <h1 className="hidden">{t('tab.customers')}</h1>
        <PhoneCustomerSearch ask={ask} onChange={go} />
      </header>
      <Reading askKey={search.toString()}>
        {(attempt) => <List ask={ask} attempt={attempt} onClear={() => go(NOTHING_ASKED)} />}
      </Reading>
    </>
  );
}

type ListProps = { ask: CustomerAsk; attempt: number; onClear: () => void };

function List({ ask, attempt, onClear }: ListProps) {
  const { t } = useTranslation();
  const orderBy = ask.sort ? [{ by: ask.sort, descending: ask.isDescending }] : null;
  const query = useLazyLoadQuery<PhoneCustomersRouteQuery>(
    graphql`
      query PhoneCustomersRouteQuery($first: Int!, $filter: CustomerFilter, $orderBy: [CustomerOrder!]) {
        ...PhoneCustomersRoute_list @arguments(first: $first, filter: $filter, orderBy: $orderBy)
      }
    `,
    { first: PAGE_SIZE, filter: filterOfAsk(ask), orderBy } as PhoneCustomersRouteQuery$variables,
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  const { data, hasNext, loadNext } = usePaginationFragment<PhoneCustomersRoutePageQuery, PhoneCustomersRoute_list$key>(
    graphql`
      fragment PhoneCustomersRoute_list on Query
      @refetchable(queryName: "PhoneCustomersRoutePageQuery")
      @argumentDefinitions(
        first: { type: "Int", defaultValue: 20 }
        after: { type: "String" }
        filter: { type: "CustomerFilter" }
        orderBy: { type: "[CustomerOrder!]" }
      ) {
        customers(first: $first, after: $after, filter: $filter, orderBy: $orderBy)
          @connection(key: "PhoneCustomersRoute_customers") {
          totalCount {
            value
            isExact
          }
          edges {
            node {
              id
              ...CustomerCard_customer
            }
          }
        }
      }
    `,
    query,
  );
  const { edges, totalCount } = data.customers;
  if (edges.length === 0) {
    const clear = !isUnfiltered(ask) && (
      <button type="button" className="phone-button" onClick={onClear}>
        {t('filter.clear')}
      </button>
    );
    return <EmptyState title={t('customers.none')} advice={t('customers.noneAdvice')} action={clear} />;
  }
  return (
    <EndlessCards
      count={t(totalCount.isExact ? 'customers.count' : 'customers.countCapped', {
        count: totalCount.value,
      })}
      hasMore={hasNext}
      loadMore={(onComplete) => void loadNext(PAGE_SIZE, { onComplete })}
    >
      {edges.map(({ node }) => (
        <li key={node.id}>
          <CustomerCard customer={node} />
        </li>
      ))}
    </EndlessCards>
  );
}

import { InfiniteScroll, SearchBar } from 'antd-mobile';
import { useState } from 'react';
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
  NOTHING_ASKED,
  searchOfAsk,
  withChange,
} from '@/features/customers/filter';
import { EmptyState } from '@/shared/EmptyState';
import { formatCount } from '@/shared/format';
import { Reading } from '@/shared/Reading';

const PAGE_SIZE = 20;
type Quick = {
  word: 'customers.quickAll' | 'customers.quickRisk' | 'customers.quickKey' | 'customers.quickLoan';
  ask: Partial<CustomerAsk>;
};
const PLAIN = { tier: null, hasLoan: null, sort: null, isDescending: false } as const;
const QUICK: readonly Quick[] = [
  { word: 'customers.quickAll', ask: PLAIN },
  { word: 'customers.quickRisk', ask: { ...PLAIN, sort: 'ATTRITION_SCORE', isDescending: true } },
  { word: 'customers.quickKey', ask: { ...PLAIN, tier: 'KEY' } },
  { word: 'customers.quickLoan', ask: { ...PLAIN, hasLoan: true } },
];

/** 客户: search by name, phone or address, with the four questions a manager asks most. */
export function PhoneCustomersRoute() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const ask = askOfSearch(search);
  const [text, setText] = useState(ask.text);
  const go = (part: Partial<CustomerAsk>) => setSearch(searchOfAsk(withChange(ask, part)), { replace: true });
  const isActiveOnly = ask.statuses.join() === NOTHING_ASKED.statuses.join();
  const isChosen = (quick: Quick) =>
    Object.entries(quick.ask).every(([name, value]) => ask[name as keyof CustomerAsk] === value);
  return (
    <>
      <header className="phone-head phone-head-sticky">
        <h1 className="hidden">{t('tab.customers')}</h1>
        <SearchBar
          value={text}
          placeholder={t('customers.textHint')}
          onChange={setText}
          onSearch={(value) => go({ text: value })}
          onClear={() => go({ text: '' })}
          onBlur={() => text !== ask.text && go({ text })}
        />
        <div className="chips">
          {QUICK.map((quick) => (
            <button
              key={quick.word}
              type="button"
              aria-pressed={isChosen(quick)}
              className={isChosen(quick) ? 'chip chip-chosen' : 'chip'}
              onClick={() => go(quick.ask)}
            >
              {t(quick.word)}
            </button>
          ))}
          <button
            type="button"
            aria-pressed={isActiveOnly}
            className={isActiveOnly ? 'chip chip-chosen' : 'chip'}
            onClick={() => go({ statuses: isActiveOnly ? [] : NOTHING_ASKED.statuses })}
          >
            {t('customers.activeOnly')}
          </button>
        </div>
      </header>
      <Reading askKey={search.toString()}>{(attempt) => <List ask={ask} attempt={attempt} />}</Reading>
    </>
  );
}

type ListProps = { ask: CustomerAsk; attempt: number };

function List({ ask, attempt }: ListProps) {
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
  if (edges.length === 0) return <EmptyState title={t('customers.none')} advice={t('customers.noneAdvice')} />;
  return (
    <>
      <p className="count" role="status">
        {t(totalCount.isExact ? 'customers.count' : 'customers.countCapped', { value: formatCount(totalCount.value) })}
      </p>
      <ul className="cards">
        {edges.map(({ node }) => (
          <li key={node.id}>
            <CustomerCard customer={node} />
          </li>
        ))}
      </ul>
      <InfiniteScroll
        hasMore={hasNext}
        loadMore={() =>
          new Promise<void>((resolve, reject) => {
            loadNext(PAGE_SIZE, { onComplete: (error) => (error ? reject(error) : resolve()) });
          })
        }
      />
    </>
  );
}

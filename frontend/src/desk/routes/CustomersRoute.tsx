import { useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { useSearchParams } from 'react-router';
import type { CustomersRouteQuery, CustomersRouteQuery$variables } from '@/__generated__/CustomersRouteQuery.graphql';
import { CustomerTable } from '@/features/customers/CustomerTable';
import { askOfSearch, type CustomerAsk, pageOfAsk, searchOfAsk, withChange } from '@/features/customers/filter';
import { OnMapLink } from '@/features/customers/OnMapLink';
import { EmptyState } from '@/shared/EmptyState';
import { PageHead } from '@/shared/PageHead';
import { FilterBarWaiting } from '@/shared/patterns/FilterBar';
import { Listing } from '@/shared/patterns/Listing';
import { Reading } from '@/shared/Reading';
import { useSession } from '@/shared/session';
import { CustomerBeside } from './CustomerBeside';
import { CustomersRoutePlaces } from './CustomersRoutePlaces';

const PAGE_SIZE = 50;

/** 客户: one question in the address, its answer a page at a time, and one customer in a panel beside it. */
export function CustomersRoute() {
  const { t } = useTranslation();
  const { dataDate } = useSession();
  const [search, setSearch] = useSearchParams();
  const [isTurning, startTurning] = useTransition();
  const ask = askOfSearch(search);
  const openId = search.get('open');
  const go = (next: CustomerAsk, open: string | null = null) =>
    startTurning(() => {
      const address = searchOfAsk(next);
      if (open) address.set('open', open);
      setSearch(address);
      // Another page is read from its top.
      if (next.after !== ask.after || next.before !== ask.before) window.scrollTo({ top: 0 });
    });
  return (
    <div className="page">
      <PageHead
        title={t('menu.customers')}
        actions={<OnMapLink ask={ask} />}
        detail={dataDate && <span className="stamp">{t('data.asOf', { day: dataDate })}</span>}
      />
      <Reading waiting={<FilterBarWaiting />}>{() => <CustomersRoutePlaces ask={ask} onChange={go} />}</Reading>
      <Reading askKey={searchOfAsk(ask).toString()}>
        {(attempt) => <List {...{ ask, openId, attempt, isTurning }} onAsk={go} onOpen={(id) => go(ask, id)} />}
      </Reading>
      {openId && <CustomerBeside id={openId} onOpen={(id) => go(ask, id)} onClose={() => go(ask)} />}
    </div>
  );
}

type ListProps = { ask: CustomerAsk; openId: string | null; attempt: number; isTurning: boolean } & {
  onAsk: (ask: CustomerAsk) => void;
  onOpen: (id: string) => void;
};

function List({ ask, openId, attempt, isTurning, onAsk, onOpen }: ListProps) {
  const { t } = useTranslation();
  const { customers } = useLazyLoadQuery<CustomersRouteQuery>(
    graphql`
      query CustomersRouteQuery(
        $first: Int
        $after: String
        $last: Int
        $before: String
        $filter: CustomerFilter
        $orderBy: [CustomerOrder!]
      ) {
        customers(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
          totalCount {
            value
            isExact
          }
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
          edges {
            node {
              ...CustomerTable_customers
            }
          }
        }
      }
    `,
    pageOfAsk(ask, PAGE_SIZE) as CustomersRouteQuery$variables,
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  const { totalCount, pageInfo, edges } = customers;
  const isFirst = ask.after === null && ask.before === null;
  const toFirst = () => onAsk(withChange(ask, {}));
  if (edges.length === 0 && !isFirst) {
    const again = (
      <button type="button" className="small-button" onClick={toFirst}>
        {t('list.firstPage')}
      </button>
    );
    return <EmptyState title={t('customers.pageGone')} advice={t('customers.pageGoneAdvice')} action={again} />;
  }
  return (
    <Listing
      count={t(totalCount.isExact ? 'customers.count' : 'customers.countCapped', { count: totalCount.value })}
      isTurning={isTurning}
      pages={{
        isFirst,
        hasPrevious: pageInfo.hasPreviousPage,
        hasNext: pageInfo.hasNextPage,
        onFirst: toFirst,
        onPrevious: () => onAsk(withChange(ask, { before: pageInfo.startCursor ?? null })),
        onNext: () => onAsk(withChange(ask, { after: pageInfo.endCursor ?? null })),
      }}
    >
      <CustomerTable
        customers={edges.map(({ node }) => node)}
        sort={ask.sort}
        isDescending={ask.isDescending}
        openId={openId}
        onOpen={onOpen}
        onSort={(sort, isDescending) => onAsk(withChange(ask, { sort, isDescending }))}
      />
    </Listing>
  );
}

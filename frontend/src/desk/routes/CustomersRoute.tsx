import { Drawer } from 'antd';
import { useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { Link, useSearchParams } from 'react-router';
import type { CustomersRoutePlacesQuery } from '@/__generated__/CustomersRoutePlacesQuery.graphql';
import type { CustomersRouteQuery, CustomersRouteQuery$variables } from '@/__generated__/CustomersRouteQuery.graphql';
import { CustomerFilterBar } from '@/features/customers/CustomerFilterBar';
import { CustomerTable } from '@/features/customers/CustomerTable';
import { askOfSearch, type CustomerAsk, pageOfAsk, searchOfAsk, withChange } from '@/features/customers/filter';
import { EmptyState } from '@/shared/EmptyState';
import { formatCount } from '@/shared/format';
import { PageHead } from '@/shared/PageHead';
import { Reading } from '@/shared/Reading';
import { useSession } from '@/shared/session';
import { CustomerById } from './CustomerRoute';

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
  const key = searchOfAsk(ask).toString();
  return (
    <div className="page">
      <PageHead
        title={t('menu.customers')}
        detail={dataDate && <span className="stamp">{t('data.asOf', { day: dataDate })}</span>}
      />
      <Reading waiting={<div className="filters filters-waiting" />}>
        {() => <Filters ask={ask} onChange={go} />}
      </Reading>
      <div className={isTurning ? 'turning' : undefined} aria-busy={isTurning}>
        <Reading askKey={key}>
          {(attempt) => <List ask={ask} openId={openId} attempt={attempt} onAsk={go} onOpen={(id) => go(ask, id)} />}
        </Reading>
      </div>
      <Drawer
        open={openId !== null}
        size={760}
        onClose={() => go(ask)}
        title={t('customers.profile')}
        extra={openId && <Link to={`/customers/${encodeURIComponent(openId)}`}>{t('customers.wholePage')}</Link>}
        mask={false}
        destroyOnHidden
      >
        {openId && (
          <Reading askKey={openId}>
            {(attempt) => <CustomerById id={openId} attempt={attempt} onOpen={(id) => go(ask, id)} />}
          </Reading>
        )}
      </Drawer>
    </div>
  );
}

type FiltersProps = { ask: CustomerAsk; onChange: (ask: CustomerAsk) => void };

function Filters({ ask, onChange }: FiltersProps) {
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

type ListProps = {
  ask: CustomerAsk;
  openId: string | null;
  attempt: number;
  onAsk: (ask: CustomerAsk) => void;
  onOpen: (id: string) => void;
};

function List({ ask, openId, attempt, onAsk, onOpen }: ListProps) {
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
  if (edges.length === 0 && !isFirst) {
    return (
      <EmptyState
        title={t('customers.pageGone')}
        advice={t('customers.pageGoneAdvice')}
        action={
          <button type="button" className="small-button" onClick={() => onAsk(withChange(ask, {}))}>
            {t('customers.firstPage')}
          </button>
        }
      />
    );
  }
  return (
    <>
      <p className="count" role="status">
        {t(totalCount.isExact ? 'customers.count' : 'customers.countCapped', { value: formatCount(totalCount.value) })}
      </p>
      <CustomerTable
        customers={edges.map(({ node }) => node)}
        sort={ask.sort}
        isDescending={ask.isDescending}
        openId={openId}
        onOpen={onOpen}
        onSort={(sort, isDescending) => onAsk(withChange(ask, { sort, isDescending }))}
      />
      <nav className="pager" aria-label={t('customers.pages')}>
        <button type="button" className="small-button" disabled={isFirst} onClick={() => onAsk(withChange(ask, {}))}>
          {t('customers.firstPage')}
        </button>
        <button
          type="button"
          className="small-button"
          disabled={!pageInfo.hasPreviousPage || isFirst}
          onClick={() => onAsk(withChange(ask, { before: pageInfo.startCursor ?? null }))}
        >
          {t('customers.previous')}
        </button>
        <button
          type="button"
          className="small-button"
          disabled={!pageInfo.hasNextPage}
          onClick={() => onAsk(withChange(ask, { after: pageInfo.endCursor ?? null }))}
        >
          {t('customers.next')}
        </button>
      </nav>
    </>
  );
}

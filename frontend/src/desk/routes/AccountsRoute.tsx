import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import type { AccountsRoute_accounts$key } from '@/__generated__/AccountsRoute_accounts.graphql';
import type { AccountsRoutePageQuery } from '@/__generated__/AccountsRoutePageQuery.graphql';
import type { AccountsRouteQuery } from '@/__generated__/AccountsRouteQuery.graphql';
import { AccountTable } from '@/features/accounts/AccountTable';
import { PageHead } from '@/shared/PageHead';
import { Listing } from '@/shared/patterns/Listing';
import { MoreButton } from '@/shared/patterns/MoreButton';
import { Reading } from '@/shared/Reading';
import { useCan } from '@/shared/session';
import { AccountsRouteMany } from './AccountsRouteMany';

/** 人员: who works in one's units, whose account stands where, and the codes with which they begin. */
export function AccountsRoute() {
  const { t } = useTranslation();
  const mayHandOut = useCan('ACCOUNTS_HAND_OUT');
  const [isForMany, setForMany] = useState(false);
  return (
    <div className="page">
      <PageHead
        title={t('menu.accounts')}
        actions={
          mayHandOut &&
          !isForMany && (
            <button type="button" className="small-button" onClick={() => setForMany(true)}>
              {t('accounts.handOutMany')}
            </button>
          )
        }
      />
      {/* The list comes back anew once the slips are gone: before that nothing on the page may move. */}
      {isForMany ? (
        <AccountsRouteMany onClose={() => setForMany(false)} />
      ) : (
        <Reading>{(attempt) => <Accounts attempt={attempt} />}</Reading>
      )}
    </div>
  );
}

function Accounts({ attempt }: { attempt: number }) {
  const { t } = useTranslation();
  const [handedOut, setHandedOut] = useState(0);
  const query = useLazyLoadQuery<AccountsRouteQuery>(
    graphql`
      query AccountsRouteQuery {
        ...AccountsRoute_accounts
      }
    `,
    {},
    { fetchKey: `${attempt} ${handedOut}`, fetchPolicy: 'store-and-network' },
  );
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    AccountsRoutePageQuery,
    AccountsRoute_accounts$key
  >(
    graphql`
      fragment AccountsRoute_accounts on Query
      @refetchable(queryName: "AccountsRoutePageQuery")
      @argumentDefinitions(first: { type: "Int", defaultValue: 50 }, after: { type: "String" }) {
        staffAccounts(first: $first, after: $after) @connection(key: "AccountsRoute_staffAccounts") {
          totalCount {
            value
          }
          edges {
            node {
              ...AccountTable_accounts
            }
          }
        }
      }
    `,
    query,
  );
  return (
    <Listing count={t('accounts.count', { count: data.staffAccounts.totalCount.value })}>
      <AccountTable
        accounts={data.staffAccounts.edges.map(({ node }) => node)}
        onHandedOut={() => setHandedOut(handedOut + 1)}
      />
      {hasNext && <MoreButton isLoading={isLoadingNext} onMore={() => loadNext(50)} />}
    </Listing>
  );
}

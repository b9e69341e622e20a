import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay';
import type { IEnvironment } from 'relay-runtime';
import type { AccountsRouteManyQuery } from '@/__generated__/AccountsRouteManyQuery.graphql';
import { HandOutMany } from '@/features/accounts/HandOutMany';
import type { Holder } from '@/features/accounts/useHandOutMany';
import { failureSentence } from '@/shared/failure';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { Waiting } from '@/shared/states';

const AT_A_TIME = 500;

/** Everybody of one's units who has no way in and may be given one. */
export function AccountsRouteMany({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const environment = useRelayEnvironment();
  const [holders, setHolders] = useState<readonly Holder[] | null>(null);
  const [sentence, setSentence] = useState<string | null>(null);
  useEffect(() => {
    let isLeft = false;
    withoutWayIn(environment).then(
      (found) => !isLeft && setHolders(found),
      (error: unknown) => !isLeft && setSentence(failureSentence(error)),
    );
    return () => {
      isLeft = true;
    };
  }, [environment]);
  if (sentence)
    return (
      <FormAlert>
        {sentence}{' '}
        <button type="button" className="link" onClick={onClose}>
          {t('action.close')}
        </button>
      </FormAlert>
    );
  return holders ? <HandOutMany holders={holders} onClose={onClose} /> : <Waiting />;
}

async function withoutWayIn(environment: IEnvironment): Promise<Holder[]> {
  const found: Holder[] = [];
  let after: string | null = null;
  do {
    const answer: AccountsRouteManyQuery['response'] | undefined = await fetchQuery<AccountsRouteManyQuery>(
      environment,
      graphql`
        query AccountsRouteManyQuery($first: Int!, $after: String) {
          staffAccounts(first: $first, after: $after) {
            pageInfo {
              hasNextPage
              endCursor
            }
            edges {
              node {
                state
                hindrance
                staff {
                  id
                  name
                  orgUnit {
                    name
                  }
                }
              }
            }
          }
        }
      `,
      { first: AT_A_TIME, after },
      { networkCacheConfig: { force: true } },
    ).toPromise();
    for (const { node } of answer?.staffAccounts.edges ?? [])
      if ((node.state === 'NONE' || node.state === 'CODE_OVER') && !node.hindrance)
        found.push({ id: node.staff.id, name: node.staff.name, unit: node.staff.orgUnit.name });
    const page: AccountsRouteManyQuery['response']['staffAccounts']['pageInfo'] | undefined =
      answer?.staffAccounts.pageInfo;
    after = page?.hasNextPage ? (page.endCursor ?? null) : null;
  } while (after !== null);
  return found;
}

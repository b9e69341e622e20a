import { graphql, useMutation } from 'react-relay';
import type { useRenewSourceMutation } from '@/__generated__/useRenewSourceMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

type Asked = Omit<useRenewSourceMutation['variables']['input'], 'idempotencyKey'>;

/** Notes on what an outside feed is held. */
export function useRenewSource(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useRenewSourceMutation>(graphql`
    mutation useRenewSourceMutation($input: RenewSourceInput!) {
      renewSource(input: $input) {
        __typename
        ... on SourceSuccess {
          feed {
            ...FeedBases_feed
          }
        }
        ... on SourceNotChanged {
          code
          message
        }
      }
    }
  `);
  const renew = (asked: Asked) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, ...asked } },
      onCompleted: ({ renewSource: result }) => {
        if (result.__typename === 'SourceSuccess') onDone();
        else if (result.__typename === 'SourceNotChanged') refuse(result);
      },
      onError: fail,
    });
  };
  return { renew, isWaiting, sentence };
}

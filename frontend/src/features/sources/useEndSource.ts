import { graphql, useMutation } from 'react-relay';
import type { useEndSourceMutation } from '@/__generated__/useEndSourceMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

type Asked = Omit<useEndSourceMutation['variables']['input'], 'idempotencyKey'>;

/** Ends every basis of an outside feed. */
export function useEndSource(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useEndSourceMutation>(graphql`
    mutation useEndSourceMutation($input: EndSourceInput!) {
      endSource(input: $input) {
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
  const end = (asked: Asked) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, ...asked } },
      onCompleted: ({ endSource: result }) => {
        if (result.__typename === 'SourceSuccess') onDone();
        else if (result.__typename === 'SourceNotChanged') refuse(result);
      },
      onError: fail,
    });
  };
  return { end, isWaiting, sentence };
}

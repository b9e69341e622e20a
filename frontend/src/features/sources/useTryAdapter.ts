import { graphql, useMutation } from 'react-relay';
import type { useTryAdapterMutation } from '@/__generated__/useTryAdapterMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

type Asked = Omit<useTryAdapterMutation['variables']['input'], 'idempotencyKey'>;

/** Has a worker read a file by a text; gives the id of the trial. */
export function useTryAdapter(onDone: (trialId: string) => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useTryAdapterMutation>(graphql`
    mutation useTryAdapterMutation($input: TryAdapterInput!) {
      tryAdapter(input: $input) {
        __typename
        ... on TryAdapterSuccess {
          trial {
            id
          }
        }
        ... on AdapterNotTried {
          code
          message
        }
      }
    }
  `);
  const tryOn = (asked: Asked) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, ...asked } },
      onCompleted: ({ tryAdapter: result }) => {
        if (result.__typename === 'TryAdapterSuccess') onDone(result.trial.id);
        else if (result.__typename === 'AdapterNotTried') refuse(result);
      },
      onError: fail,
    });
  };
  return { tryOn, isWaiting, sentence };
}

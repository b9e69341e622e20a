import { graphql, useMutation } from 'react-relay';
import type { useDecideBatchMutation } from '@/__generated__/useDecideBatchMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

type Asked = { batchId: string; accepts: boolean; reason: string };

/** Lets a held file through or sends it back; the batch is then shown as it stands. */
export function useDecideBatch(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useDecideBatchMutation>(graphql`
    mutation useDecideBatchMutation($input: DecideBatchInput!) {
      decideBatch(input: $input) {
        __typename
        ... on DecideBatchSuccess {
          batch {
            ...HeldBatch_batch
          }
        }
        ... on BatchNotDecided {
          code
          message
        }
      }
    }
  `);
  const decide = (asked: Asked) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, ...asked } },
      onCompleted: ({ decideBatch: result }) => {
        if (result.__typename === 'DecideBatchSuccess') onDone();
        else if (result.__typename === 'BatchNotDecided') refuse(result);
      },
      onError: fail,
    });
  };
  return { decide, isWaiting, sentence };
}

import { graphql, useMutation } from 'react-relay';
import type { useTryImportMutation } from '@/__generated__/useTryImportMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

type Asked = {
  kind: string;
  fileId: string;
  isWhole: boolean;
  fromOn: string | null;
  datum: 'WGS84' | 'GCJ02' | 'BD09' | null;
};

/** Has a worker try a file that was sent; gives the import's id. */
export function useTryImport(onDone: (importId: string) => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useTryImportMutation>(graphql`
    mutation useTryImportMutation($input: TryImportInput!) {
      tryImport(input: $input) {
        __typename
        ... on ImportSuccess {
          import {
            id
          }
        }
        ... on ImportNotDone {
          code
          message
        }
      }
    }
  `);
  const tryImport = (asked: Asked) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, ...asked } },
      onCompleted: ({ tryImport: result }) => {
        if (result.__typename === 'ImportSuccess') onDone(result.import.id);
        else if (result.__typename === 'ImportNotDone') refuse(result);
      },
      onError: fail,
    });
  };
  return { tryImport, isWaiting, sentence };
}

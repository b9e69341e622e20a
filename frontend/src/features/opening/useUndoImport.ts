import { graphql, useMutation } from 'react-relay';
import type { useUndoImportMutation } from '@/__generated__/useUndoImportMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

/** Takes an import back; what stands on it is named in the refusal. */
export function useUndoImport(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useUndoImportMutation>(graphql`
    mutation useUndoImportMutation($input: UndoImportInput!) {
      undoImport(input: $input) {
        __typename
        ... on ImportSuccess {
          import {
            id
            ...ImportHead_import
          }
        }
        ... on ImportNotDone {
          code
          message
        }
      }
    }
  `);
  const undo = (importId: string) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, importId } },
      onCompleted: ({ undoImport: result }) => {
        if (result.__typename === 'ImportSuccess') onDone();
        else if (result.__typename === 'ImportNotDone') refuse(result);
      },
      onError: fail,
    });
  };
  return { undo, isWaiting, sentence };
}

import { graphql, useMutation } from 'react-relay';
import type { useWithdrawImportMutation } from '@/__generated__/useWithdrawImportMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

/** Withdraws a list that waits for a second person; refused where it was carried out meanwhile. */
export function useWithdrawImport(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useWithdrawImportMutation>(graphql`
    mutation useWithdrawImportMutation($input: WithdrawImportInput!) {
      withdrawImport(input: $input) {
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
  const withdraw = (importId: string) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, importId } },
      onCompleted: ({ withdrawImport: result }) => {
        if (result.__typename === 'ImportSuccess') onDone();
        else if (result.__typename === 'ImportNotDone') refuse(result);
      },
      onError: fail,
    });
  };
  return { withdraw, isWaiting, sentence };
}

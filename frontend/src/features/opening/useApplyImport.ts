import { useState } from 'react';
import { graphql, useMutation } from 'react-relay';
import type { useApplyImportMutation } from '@/__generated__/useApplyImportMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

/** Carries out what another brought; where much would end the server wants a reason. */
export function useApplyImport(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [wantsReason, setWantsReason] = useState(false);
  const [commit, isWaiting] = useMutation<useApplyImportMutation>(graphql`
    mutation useApplyImportMutation($input: ApplyImportInput!) {
      applyImport(input: $input) {
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
  const apply = (importId: string, reason = '') => {
    begin();
    commit({
      variables: { input: { idempotencyKey, importId, reason } },
      onCompleted: ({ applyImport: result }) => {
        if (result.__typename === 'ImportSuccess') {
          setWantsReason(false);
          onDone();
        } else if (result.__typename === 'ImportNotDone') {
          refuse(result);
          setWantsReason(result.code === 'IMPORT_ENDS_MANY');
        }
      },
      onError: fail,
    });
  };
  return { apply, isWaiting, sentence, wantsReason, letGo: () => setWantsReason(false) };
}

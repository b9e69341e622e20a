import { graphql, useMutation } from 'react-relay';
import type { useHandOutMutation } from '@/__generated__/useHandOutMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

export type Slip = { code: string; account: string; until: string | null };

/** Hands out a one-time code; sent again without an answer, the same request gives the same code. */
export function useHandOut(onDone: (slip: Slip) => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useHandOutMutation>(graphql`
    mutation useHandOutMutation($input: HandOutCodeInput!) {
      handOutCode(input: $input) {
        __typename
        ... on HandOutCodeSuccess {
          code
          account
          staffAccount {
            codeUntil
          }
        }
        ... on CodeNotHandedOut {
          code
          message
        }
      }
    }
  `);
  const handOut = (staffId: string) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, staffId } },
      onCompleted: ({ handOutCode: result }) => {
        if (result.__typename === 'HandOutCodeSuccess')
          onDone({ code: result.code, account: result.account, until: result.staffAccount?.codeUntil ?? null });
        else if (result.__typename === 'CodeNotHandedOut') refuse(result);
      },
      onError: fail,
    });
  };
  return { handOut, isWaiting, sentence };
}

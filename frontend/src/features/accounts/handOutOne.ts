import { graphql } from 'react-relay';
import { commitMutation, type IEnvironment } from 'relay-runtime';
import type { handOutOneMutation } from '@/__generated__/handOutOneMutation.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import type { Slip } from './useHandOut';

export type HandedOut = { slip: Slip } | { sentence: string; mayTryAgain: boolean };

/** Hands one code out; the same key gives the same code, so that nothing is lost where an answer was. */
export function handOutOne(environment: IEnvironment, staffId: string, idempotencyKey: string): Promise<HandedOut> {
  return new Promise((resolve) => {
    commitMutation<handOutOneMutation>(environment, {
      mutation: graphql`
        mutation handOutOneMutation($input: HandOutCodeInput!) {
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
      `,
      variables: { input: { idempotencyKey, staffId } },
      onCompleted: ({ handOutCode: result }) => {
        if (result.__typename === 'HandOutCodeSuccess')
          resolve({
            slip: { code: result.code, account: result.account, until: result.staffAccount?.codeUntil ?? null },
          });
        else if (result.__typename === 'CodeNotHandedOut')
          resolve({ sentence: refusalSentence(result.code, result.message), mayTryAgain: false });
      },
      onError: (error) => resolve({ sentence: failureSentence(error), mayTryAgain: true }),
    });
  });
}

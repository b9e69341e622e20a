import { useState } from 'react';
import { graphql, useMutation } from 'react-relay';
import type { useSignInMutation } from '@/__generated__/useSignInMutation.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import { markPerson } from '@/shared/person';

export type FirstUse = { account: string; code: string };

/**
 * Signs in; `sentence` says why not. The desk and the phone each draw their own form around it.
 *
 * A one-time code opens no session: `firstUse` then holds what a password of one's own is set with. It is kept in this
 * page alone; on a new one the code is typed again.
 */
export function useSignIn(onSignedIn: () => void) {
  const [sentence, setSentence] = useState<string | null>(null);
  const [firstUse, setFirstUse] = useState<FirstUse | null>(null);
  const [commit, isWaiting] = useMutation<useSignInMutation>(graphql`
    mutation useSignInMutation($input: SignInInput!) {
      signIn(input: $input) {
        __typename
        ... on SignInSuccess {
          viewer {
            role
          }
        }
        ... on SignInRefused {
          code
          message
        }
      }
    }
  `);
  const signIn = (account: string, password: string) => {
    setSentence(null);
    // From now on other pages of this browser have to ask who is here before they send anything.
    markPerson(null);
    commit({
      variables: { input: { account: account.trim(), password } },
      onCompleted: ({ signIn: result }) => {
        if (result.__typename === 'SignInSuccess') onSignedIn();
        else if (result.__typename !== 'SignInRefused') return;
        else if (result.code === 'PASSWORD_TO_BE_SET') setFirstUse({ account: account.trim(), code: password });
        else setSentence(refusalSentence(result.code, result.message));
      },
      onError: (error) => setSentence(failureSentence(error)),
    });
  };
  return { signIn, isWaiting, sentence, firstUse, giveUp: () => setFirstUse(null) };
}

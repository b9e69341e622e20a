import { useState } from 'react';
import { graphql, useMutation } from 'react-relay';
import type { useFirstPasswordMutation } from '@/__generated__/useFirstPasswordMutation.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import type { FirstUse } from './useSignIn';

/** Puts a password of one's own in the place of the one-time code, which signs in; `sentence` says why not. */
export function useFirstPassword({ account, code }: FirstUse, onSignedIn: () => void) {
  const [sentence, setSentence] = useState<string | null>(null);
  const [commit, isWaiting] = useMutation<useFirstPasswordMutation>(graphql`
    mutation useFirstPasswordMutation($input: SetFirstPasswordInput!) {
      setFirstPassword(input: $input) {
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
  const choose = (password: string) => {
    setSentence(null);
    commit({
      variables: { input: { account, code, password } },
      onCompleted: ({ setFirstPassword: result }) => {
        if (result.__typename === 'SignInSuccess') onSignedIn();
        else if (result.__typename === 'SignInRefused') setSentence(refusalSentence(result.code, result.message));
      },
      onError: (error) => setSentence(failureSentence(error)),
    });
  };
  return { choose, isWaiting, sentence };
}

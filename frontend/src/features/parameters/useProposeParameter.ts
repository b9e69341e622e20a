import { useState } from 'react';
import { graphql, useMutation } from 'react-relay';
import type { useProposeParameterMutation } from '@/__generated__/useProposeParameterMutation.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import { newUuid } from '@/shared/uuid';

type Asked = { name: string; value: unknown; fromOn: string; reason: string };

/** Proposes a value of a parameter. The key is another one after each refusal, which is an answer. */
export function useProposeParameter(onDone: () => void) {
  const [sentence, setSentence] = useState<string | null>(null);
  const [idempotencyKey, setIdempotencyKey] = useState(newUuid);
  const [commit, isWaiting] = useMutation<useProposeParameterMutation>(graphql`
    mutation useProposeParameterMutation($input: ProposeParameterInput!) {
      proposeParameter(input: $input) {
        __typename
        ... on ProposalSuccess {
          proposal {
            id
            state
          }
        }
        ... on ProposalNotDone {
          code
          message
        }
      }
    }
  `);
  const propose = (asked: Asked) => {
    setSentence(null);
    commit({
      variables: { input: { idempotencyKey, ...asked } },
      onCompleted: ({ proposeParameter: result }) => {
        if (result.__typename === 'ProposalSuccess') onDone();
        else if (result.__typename === 'ProposalNotDone') {
          setSentence(refusalSentence(result.code, result.message));
          setIdempotencyKey(newUuid());
        }
      },
      onError: (error) => setSentence(failureSentence(error)),
    });
  };
  return { propose, isWaiting, sentence };
}

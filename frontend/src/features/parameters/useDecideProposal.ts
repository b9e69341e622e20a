import { useState } from 'react';
import { graphql, useMutation } from 'react-relay';
import type { useDecideProposalMutation } from '@/__generated__/useDecideProposalMutation.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import { newUuid } from '@/shared/uuid';

type Asked = { proposalId: string; agrees: boolean; reason: string };

/** Agrees to a proposal of somebody else, or refuses it. */
export function useDecideProposal(onDone: () => void) {
  const [sentence, setSentence] = useState<string | null>(null);
  const [idempotencyKey, setIdempotencyKey] = useState(newUuid);
  const [commit, isWaiting] = useMutation<useDecideProposalMutation>(graphql`
    mutation useDecideProposalMutation($input: DecideProposalInput!) {
      decideProposal(input: $input) {
        __typename
        ... on ProposalSuccess {
          proposal {
            id
            state
            decidable
          }
        }
        ... on ProposalNotDone {
          code
          message
        }
      }
    }
  `);
  const decide = (asked: Asked) => {
    setSentence(null);
    commit({
      variables: { input: { idempotencyKey, ...asked } },
      onCompleted: ({ decideProposal: result }) => {
        if (result.__typename === 'ProposalSuccess') onDone();
        else if (result.__typename === 'ProposalNotDone') {
          setSentence(refusalSentence(result.code, result.message));
          setIdempotencyKey(newUuid());
        }
      },
      onError: (error) => setSentence(failureSentence(error)),
    });
  };
  return { decide, isWaiting, sentence };
}

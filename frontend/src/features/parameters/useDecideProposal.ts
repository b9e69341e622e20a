import { graphql, useMutation } from 'react-relay';
import type { useDecideProposalMutation } from '@/__generated__/useDecideProposalMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

type Asked = { proposalId: string; agrees: boolean; reason: string };

/** Agrees to a proposal of somebody else, or refuses it. */
export function useDecideProposal(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
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
    begin();
    commit({
      variables: { input: { idempotencyKey, ...asked } },
      onCompleted: ({ decideProposal: result }) => {
        if (result.__typename === 'ProposalSuccess') onDone();
        else if (result.__typename === 'ProposalNotDone') refuse(result);
      },
      onError: fail,
    });
  };
  return { decide, isWaiting, sentence };
}

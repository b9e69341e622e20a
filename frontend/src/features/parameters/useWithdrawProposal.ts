import { App } from 'antd';
import { graphql, useMutation } from 'react-relay';
import type { useWithdrawProposalMutation } from '@/__generated__/useWithdrawProposalMutation.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import { newUuid } from '@/shared/uuid';

/** Takes back one's own proposal. */
export function useWithdrawProposal(onDone: () => void) {
  const { message } = App.useApp();
  const [commit, isWaiting] = useMutation<useWithdrawProposalMutation>(graphql`
    mutation useWithdrawProposalMutation($input: WithdrawProposalInput!) {
      withdrawProposal(input: $input) {
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
  const withdraw = (proposalId: string) =>
    commit({
      variables: { input: { idempotencyKey: newUuid(), proposalId } },
      onCompleted: ({ withdrawProposal: result }) => {
        if (result.__typename === 'ProposalSuccess') onDone();
        else if (result.__typename === 'ProposalNotDone') {
          void message.error(refusalSentence(result.code, result.message), 8);
        }
      },
      onError: (error) => void message.error(failureSentence(error), 8),
    });
  return { withdraw, isWaiting };
}

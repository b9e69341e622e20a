import { graphql, useMutation } from 'react-relay';
import type { useProposeRetirementMutation } from '@/__generated__/useProposeRetirementMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

type Asked = Omit<useProposeRetirementMutation['variables']['input'], 'idempotencyKey'>;

/** Proposes that a source bring nothing more from a day on. */
export function useProposeRetirement(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useProposeRetirementMutation>(graphql`
    mutation useProposeRetirementMutation($input: ProposeRetirementInput!) {
      proposeRetirement(input: $input) {
        __typename
        ... on ProposalSuccess {
          proposal {
            id
          }
        }
        ... on ProposalNotDone {
          code
          message
        }
      }
    }
  `);
  const retire = (asked: Asked) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, ...asked } },
      onCompleted: ({ proposeRetirement: result }) => {
        if (result.__typename === 'ProposalSuccess') onDone();
        else if (result.__typename === 'ProposalNotDone') refuse(result);
      },
      onError: fail,
    });
  };
  return { retire, isWaiting, sentence };
}

import { graphql, useMutation } from 'react-relay';
import type { useProposeParameterMutation } from '@/__generated__/useProposeParameterMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

type Asked = { name: string; value: unknown; fromOn: string; reason: string };

/** Proposes a value of a parameter. */
export function useProposeParameter(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
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
    begin();
    commit({
      variables: { input: { idempotencyKey, ...asked } },
      onCompleted: ({ proposeParameter: result }) => {
        if (result.__typename === 'ProposalSuccess') onDone();
        else if (result.__typename === 'ProposalNotDone') refuse(result);
      },
      onError: fail,
    });
  };
  return { propose, isWaiting, sentence };
}

import { graphql, useMutation } from 'react-relay';
import type { useProposeAdapterMutation } from '@/__generated__/useProposeAdapterMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

type Asked = Omit<useProposeAdapterMutation['variables']['input'], 'idempotencyKey'>;

/** Proposes a text as the description of its source. */
export function useProposeAdapter(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useProposeAdapterMutation>(graphql`
    mutation useProposeAdapterMutation($input: ProposeAdapterInput!) {
      proposeAdapter(input: $input) {
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
  const propose = (asked: Asked) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, ...asked } },
      onCompleted: ({ proposeAdapter: result }) => {
        if (result.__typename === 'ProposalSuccess') onDone();
        else if (result.__typename === 'ProposalNotDone') refuse(result);
      },
      onError: fail,
    });
  };
  return { propose, isWaiting, sentence };
}

import { graphql, useMutation } from 'react-relay';
import type { useCoverListMutation } from '@/__generated__/useCoverListMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

/** Says who stands in on B of a list, somebody's own as well; null for nobody. */
export function useCoverList(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useCoverListMutation>(graphql`
    mutation useCoverListMutation($input: CoverListGridInput!) {
      coverListGrid(input: $input) {
        __typename
        ... on ListGridSuccess {
          listGrid {
            code
          }
        }
        ... on OwnershipNotChanged {
          code
          message
        }
      }
    }
  `);
  const cover = (code: string, b: string | null) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, code, b } },
      onCompleted: ({ coverListGrid: result }) => {
        if (result.__typename === 'ListGridSuccess') onDone();
        else if (result.__typename === 'OwnershipNotChanged') refuse(result);
      },
      onError: fail,
    });
  };
  return { cover, isWaiting, sentence };
}

import { graphql, useMutation } from 'react-relay';
import type { useCutLinkMutation } from '@/__generated__/useCutLinkMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

export type RecordKey = { feed: string; key: string };

export type Part = { readonly id: string; readonly name: string | null | undefined };

/** Says that two source records are not one party. The answer carries both customers as they are afterwards. */
export function useCutLink(onDone: (parts: readonly Part[]) => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useCutLinkMutation>(graphql`
    mutation useCutLinkMutation($input: CutLinkInput!) {
      cutLink(input: $input) {
        __typename
        ... on CutLinkSuccess {
          customers {
            id
            name
            ...CustomerSources_customer
            ...CustomerHeader_customer
            ...CustomerFacts_customer
            ...CustomerDisagreements_customer
          }
        }
        ... on LinkNotCut {
          code
          message
        }
      }
    }
  `);
  const cut = ([a, b]: [RecordKey, RecordKey], reason: string) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, feedA: a.feed, keyA: a.key, feedB: b.feed, keyB: b.key, reason } },
      onCompleted: ({ cutLink: result }) => {
        if (result.__typename === 'CutLinkSuccess') onDone(result.customers);
        else if (result.__typename === 'LinkNotCut') refuse(result);
      },
      onError: fail,
    });
  };
  return { cut, isWaiting, sentence };
}

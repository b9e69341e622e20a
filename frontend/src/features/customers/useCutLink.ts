import { useState } from 'react';
import { graphql, useMutation } from 'react-relay';
import type { useCutLinkMutation } from '@/__generated__/useCutLinkMutation.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import { newUuid } from '@/shared/uuid';

export type RecordKey = { feed: string; key: string };

export type Part = { readonly id: string; readonly name: string | null | undefined };

/** Says that two source records are not one party. The answer carries both customers as they are afterwards. */
export function useCutLink(onDone: (parts: readonly Part[]) => void) {
  const [sentence, setSentence] = useState<string | null>(null);
  const [idempotencyKey, setIdempotencyKey] = useState(newUuid);
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
    setSentence(null);
    commit({
      variables: { input: { idempotencyKey, feedA: a.feed, keyA: a.key, feedB: b.feed, keyB: b.key, reason } },
      onCompleted: ({ cutLink: result }) => {
        if (result.__typename === 'CutLinkSuccess') onDone(result.customers);
        else if (result.__typename === 'LinkNotCut') {
          setSentence(refusalSentence(result.code, result.message));
          // A refused request is answered; the next try is another request.
          setIdempotencyKey(newUuid());
        }
      },
      onError: (error) => setSentence(failureSentence(error)),
    });
  };
  return { cut, isWaiting, sentence };
}

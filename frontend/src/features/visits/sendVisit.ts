import { commitMutation, graphql } from 'react-relay';
import type { Environment } from 'relay-runtime';
import type { sendVisitMutation, sendVisitMutation$data } from '@/__generated__/sendVisitMutation.graphql';
import type { Outcome } from '@/shared/device/item';

type Success = Extract<sendVisitMutation$data['recordVisit'], { __typename: 'RecordVisitSuccess' }>;
/** Null where it lies outside of the scope by now. */
export type RecordedVisit = Success['visit'];

/** Sends a visit and gives what the server said; without an answer it throws. */
export function sendVisit(environment: Environment, input: sendVisitMutation['variables']['input']): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    commitMutation<sendVisitMutation>(environment, {
      mutation: graphql`
        mutation sendVisitMutation($input: RecordVisitInput!) {
          recordVisit(input: $input) {
            __typename
            ... on RecordVisitSuccess {
              visit {
                id
                countedAt
                startedAt
                outcome
                distanceM
                nextOn
                customer {
                  id
                  name
                  lastVisitOn
                  dueOn
                }
              }
            }
            ... on VisitNotRecorded {
              code
              message
            }
          }
        }
      `,
      variables: { input },
      onCompleted: ({ recordVisit: result }) => {
        if (result.__typename === 'RecordVisitSuccess') resolve({ state: 'done', answer: result.visit ?? null });
        else if (result.__typename === 'VisitNotRecorded')
          resolve({ state: 'refused', code: result.code, message: result.message });
        else reject(new Error('An answer that these pages do not know'));
      },
      onError: reject,
    });
  });
}

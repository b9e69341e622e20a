import { useState } from 'react';
import { graphql, useMutation } from 'react-relay';
import type {
  useRecordVisitMutation,
  useRecordVisitMutation$data,
  VisitOutcome,
} from '@/__generated__/useRecordVisitMutation.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import type { DevicePosition } from '@/shared/usePosition';
import { newUuid } from '@/shared/uuid';

export type VisitDraft = {
  customerId: string;
  startedAt: string;
  position: DevicePosition | null;
  outcome: VisitOutcome;
  note: string;
  nextOn: string | null;
};
type Success = Extract<useRecordVisitMutation$data['recordVisit'], { __typename: 'RecordVisitSuccess' }>;
export type RecordedVisit = Success['visit'];
export type Recording =
  | { state: 'editing'; sentence: string | null }
  /** Sent, and no answer came: the same bytes under the same key may be sent again without a second visit. */
  | { state: 'unanswered'; sentence: string }
  | { state: 'done'; visit: RecordedVisit };

/** Records a visit. One draft is one key, however often it is sent. */
export function useRecordVisit() {
  const [recording, setRecording] = useState<Recording>({ state: 'editing', sentence: null });
  const [sent, setSent] = useState<{ key: string; input: useRecordVisitMutation['variables']['input'] } | null>(null);
  const [commit, isWaiting] = useMutation<useRecordVisitMutation>(graphql`
    mutation useRecordVisitMutation($input: RecordVisitInput!) {
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
  `);

  const commitInput = (input: useRecordVisitMutation['variables']['input']) =>
    commit({
      variables: { input },
      onCompleted: ({ recordVisit: result }) => {
        if (result.__typename === 'RecordVisitSuccess') setRecording({ state: 'done', visit: result.visit });
        else if (result.__typename === 'VisitNotRecorded') {
          setSent(null);
          setRecording({ state: 'editing', sentence: refusalSentence(result.code, result.message) });
        }
      },
      onError: (error) => setRecording({ state: 'unanswered', sentence: failureSentence(error) }),
    });

  const record = (draft: VisitDraft) => {
    const key = newUuid();
    const note = draft.note.trim();
    const input = {
      idempotencyKey: key,
      customerId: draft.customerId,
      startedAt: draft.startedAt,
      endedAt: new Date().toISOString(),
      point: draft.position && { ...draft.position, datum: 'WGS84' as const },
      outcome: draft.outcome,
      note: note === '' ? null : note,
      nextOn: draft.nextOn,
    };
    setSent({ key, input });
    commitInput(input);
  };
  const sendAgain = () => {
    if (sent) commitInput(sent.input);
  };
  return { recording, record, sendAgain, isWaiting };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchQuery, graphql, useMutation, useRelayEnvironment } from 'react-relay';
import type { useExplainScoreMutation } from '@/__generated__/useExplainScoreMutation.graphql';
import type { useExplainScoreQuery } from '@/__generated__/useExplainScoreQuery.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import { newUuid } from '@/shared/uuid';

const ASK_AGAIN_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

const SCORES = graphql`
  query useExplainScoreQuery($id: ID!) {
    customer(id: $id) {
      id
      scores {
        model
        reasons {
          code
          ...useStatement_said
        }
      }
    }
  }
`;

export type Explaining =
  { state: 'idle' } | { state: 'waiting' } | { state: 'late' } | { state: 'refused'; sentence: string };

/** Asks for the reasons of a score and looks every second whether the job has found them. */
export function useExplainScore(customerId: string) {
  const environment = useRelayEnvironment();
  const [explaining, setExplaining] = useState<Explaining>({ state: 'idle' });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const [commit] = useMutation<useExplainScoreMutation>(graphql`
    mutation useExplainScoreMutation($input: ExplainScoreInput!) {
      explainScore(input: $input) {
        __typename
        ... on ExplainScoreSuccess {
          queued
        }
        ... on ScoreNotExplained {
          code
          message
        }
      }
    }
  `);

  const refuse = (sentence: string) => setExplaining({ state: 'refused', sentence });
  const look = useCallback(
    (model: string, until: number, giveUp: () => void) => {
      fetchQuery<useExplainScoreQuery>(environment, SCORES, { id: customerId }).subscribe({
        next: ({ customer }) => {
          const found = customer?.scores.find((score) => score.model === model);
          if (found && found.reasons.length > 0) setExplaining({ state: 'idle' });
          else if (Date.now() >= until) giveUp();
          else timer.current = setTimeout(() => look(model, until, giveUp), ASK_AGAIN_MS);
        },
        error: (error: unknown) => refuse(failureSentence(error)),
      });
    },
    [environment, customerId],
  );

  const explain = (model: string) => {
    setExplaining({ state: 'waiting' });
    const idempotencyKey = newUuid();
    const ask = (onQueued: () => void) =>
      commit({
        variables: { input: { idempotencyKey, customerId, model } },
        onCompleted: ({ explainScore: result }) => {
          if (result.__typename === 'ExplainScoreSuccess') onQueued();
          else if (result.__typename === 'ScoreNotExplained') refuse(refusalSentence(result.code, result.message));
        },
        onError: (error) => refuse(failureSentence(error)),
      });
    // The same key once more tells whether the job is still on its way or was given up.
    const giveUp = () => ask(() => setExplaining({ state: 'late' }));
    ask(() => look(model, Date.now() + LONGEST_WAIT_MS, giveUp));
  };
  return { explaining, explain };
}

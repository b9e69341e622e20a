import { useEffect, useState } from 'react';
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay';
import type { useTrialQuery, useTrialQuery$data } from '@/__generated__/useTrialQuery.graphql';
import { failureSentence } from '@/shared/failure';

export type Trial = NonNullable<useTrialQuery$data['feedTrial']>;

const ASKED_EVERY_MS = 700;

/** A trial, asked for until a worker has read the file. */
export function useTrial(id: string): { trial: Trial | null; sentence: string | null } {
  const environment = useRelayEnvironment();
  const [trial, setTrial] = useState<Trial | null>(null);
  const [sentence, setSentence] = useState<string | null>(null);
  const isOver = trial !== null && trial.state !== 'WAITING';
  useEffect(() => {
    if (isOver) return;
    const ask = () =>
      fetchQuery<useTrialQuery>(
        environment,
        graphql`
          query useTrialQuery($id: ID!) {
            feedTrial(id: $id) {
              state
              fileName
              refusal
              found {
                rows
                loaded
                quarantined
                skipped
                amountFen
                columns
                first {
                  line
                  values
                }
                aside {
                  line
                  raw
                  reasons
                }
                unknown {
                  column
                  code
                  rows
                }
                notes
                reasons
                refused
              }
            }
          }
        `,
        { id },
        { networkCacheConfig: { force: true } },
      ).subscribe({
        next: ({ feedTrial }) => {
          setSentence(null);
          if (feedTrial) setTrial(feedTrial);
        },
        error: (error: unknown) => setSentence(failureSentence(error)),
      });
    ask();
    const timer = setInterval(ask, ASKED_EVERY_MS);
    return () => clearInterval(timer);
  }, [environment, id, isOver]);
  return { trial, sentence };
}

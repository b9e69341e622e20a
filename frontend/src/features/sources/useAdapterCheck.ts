import { useEffect, useState } from 'react';
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay';
import type { useAdapterCheckQuery, useAdapterCheckQuery$data } from '@/__generated__/useAdapterCheckQuery.graphql';
import { failureSentence } from '@/shared/failure';

export type Check = useAdapterCheckQuery$data['adapterCheck'];
export type Checked = { text: string; check: Check | null; sentence: string | null };

const AFTER_TYPING_MS = 500;

/** What the server says of a text, a moment after it was last changed; null until it has said something of this one. */
export function useAdapterCheck(text: string): Checked | null {
  const environment = useRelayEnvironment();
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => {
    let asking: { unsubscribe: () => void } | null = null;
    const timer = setTimeout(() => {
      asking = fetchQuery<useAdapterCheckQuery>(
        environment,
        graphql`
          query useAdapterCheckQuery($text: String!) {
            adapterCheck(text: $text) {
              feed
              source
              fromOn
              columns
              leftOut
              problems {
                line
                message
              }
            }
          }
        `,
        { text },
        { networkCacheConfig: { force: true } },
      ).subscribe({
        next: ({ adapterCheck }) => setChecked({ text, check: adapterCheck, sentence: null }),
        error: (error: unknown) => setChecked({ text, check: null, sentence: failureSentence(error) }),
      });
    }, AFTER_TYPING_MS);
    return () => {
      clearTimeout(timer);
      asking?.unsubscribe();
    };
  }, [environment, text]);
  return checked?.text === text ? checked : null;
}

import { useEffect, useRef } from 'react';
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay';
import type { usePlanNewsQuery, usePlanNewsQuery$data } from '@/__generated__/usePlanNewsQuery.graphql';

export type News = usePlanNewsQuery$data['planChanges'];

const EVERY_MS = 2_000;

/** Asks every two seconds, while the page is seen, what others did to a draft after a version; without an answer, again. */
export function usePlanNews(planId: string, version: number, onNews: (news: News) => void): void {
  const environment = useRelayEnvironment();
  const latest = useRef({ version, onNews });
  latest.current = { version, onNews };
  useEffect(() => {
    let isAsking = false;
    const ask = () => {
      if (document.hidden || isAsking) return;
      isAsking = true;
      const after = latest.current.version;
      const found = fetchQuery<usePlanNewsQuery>(
        environment,
        graphql`
          query usePlanNewsQuery($id: ID!, $after: Int!) {
            gridPlan(id: $id) {
              id
              state
            }
            planChanges(planId: $id, after: $after) {
              version
              act
              what
              who
              mine
            }
          }
        `,
        { id: planId, after },
        { fetchPolicy: 'network-only' },
      ).subscribe({
        next: ({ planChanges }) => {
          if (planChanges.length > 0 && after === latest.current.version) latest.current.onNews(planChanges);
        },
        complete: () => (isAsking = false),
        error: () => (isAsking = false),
      });
      pending = found;
    };
    let pending: { unsubscribe: () => void } | null = null;
    const timer = window.setInterval(ask, EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
      pending?.unsubscribe();
    };
  }, [environment, planId]);
}

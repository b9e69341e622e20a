import { useEffect } from 'react';
import { fetchQuery, useRelayEnvironment } from 'react-relay';
import type { GraphQLTaggedNode, OperationType } from 'relay-runtime';

const ASKED_EVERY_MS = 10 * 60_000;
const NOT_OFTENER_THAN_MS = 60_000;

/**
 * Asks again who is signed in, so that a page which was opened before the night shows its data date, its map and its
 * failure: now and then while it is looked at, and when somebody comes back to it.
 */
export function useNewsOfTheNight<Query extends OperationType>(session: GraphQLTaggedNode) {
  const environment = useRelayEnvironment();
  useEffect(() => {
    let askedAt = Date.now();
    const ask = () => {
      if (document.visibilityState === 'hidden' || Date.now() - askedAt < NOT_OFTENER_THAN_MS) return;
      askedAt = Date.now();
      // A failed look is no news; the next one comes by itself.
      fetchQuery<Query>(environment, session, {}).subscribe({ error: () => undefined });
    };
    const timer = setInterval(ask, ASKED_EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [environment, session]);
}

import { useEffect, useState } from 'react';
import { commitLocalUpdate, fetchQuery, useRelayEnvironment } from 'react-relay';
import type { GraphQLTaggedNode, RecordSourceProxy } from 'relay-runtime';

const ASKED_EVERY_MS = 10 * 60_000;
const NOT_OFTENER_THAN_MS = 60_000;

// The types of relay-runtime tell of it on the store of a mutation alone; it is the same store.
const forget = (store: RecordSourceProxy) =>
  (store as RecordSourceProxy & { invalidateStore(): void }).invalidateStore();

/**
 * Asks again who is signed in, so that a page which was opened before the night shows its data date, its map and its
 * failure: now and then while it is looked at, and when somebody comes back to it.
 *
 * Gives how many nights have come in meanwhile. With each, whatever was read counts as old, also for pages that are
 * opened later.
 */
export function useNewsOfTheNight(session: GraphQLTaggedNode, dataDate: string | null | undefined): number {
  const environment = useRelayEnvironment();
  const [nights, setNights] = useState({ dataDate, count: 0 });
  useEffect(() => {
    if (nights.dataDate === dataDate) return;
    commitLocalUpdate(environment, forget);
    setNights({ dataDate, count: nights.count + 1 });
  }, [environment, dataDate, nights]);
  useEffect(() => {
    let askedAt = Date.now();
    const ask = () => {
      if (document.visibilityState === 'hidden' || Date.now() - askedAt < NOT_OFTENER_THAN_MS) return;
      askedAt = Date.now();
      // A failed look is no news; the next one comes by itself.
      fetchQuery(environment, session, {}).subscribe({ error: () => undefined });
    };
    const timer = setInterval(ask, ASKED_EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [environment, session]);
  return nights.count;
}

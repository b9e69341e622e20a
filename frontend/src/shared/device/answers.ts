import { GraphQLFailure } from '@/relay/network';
import type { Item, Outcome } from './item';

/** What became of one try. */
export type Tried =
  | Outcome
  /** No answer that counts: the same is sent again after a while. */
  | { state: 'unanswered'; code: string }
  /** The session has ended: nothing goes on before the same person is back. */
  | { state: 'away'; code: string }
  /** An answer, and no: or our own fault, several times over. */
  | { state: 'turned down'; code: string; message: string; isSure: boolean };

/** Nobody knows whether it was done, or it surely was not and will go well later. */
const WAITING = new Set([
  'NETWORK',
  'TIMEOUT',
  'UNAVAILABLE',
  'RATE_LIMITED',
  'BODY_TOO_SLOW',
  // The page is older than the server: a new page sends it.
  'DOCUMENT_NOT_FOUND',
  'CROSS_SITE',
]);
/** So often a fault of the server is met before it makes way for what waits behind it. */
export const FAULTS_BORNE = 3;

/** What an error means for what was sent. */
export function triedOf(error: unknown, item: Item): Tried {
  const code = error instanceof GraphQLFailure ? error.code : 'INTERNAL';
  const message = error instanceof Error ? error.message : '';
  if (code === 'UNAUTHENTICATED') return { state: 'away', code };
  if (WAITING.has(code)) return { state: 'unanswered', code };
  if (code !== 'INTERNAL') return { state: 'turned down', code, message, isSure: true };
  const isBorne = item.unanswered < FAULTS_BORNE || item.failure !== code;
  return isBorne ? { state: 'unanswered', code } : { state: 'turned down', code, message, isSure: false };
}

/** The item after a try, at that moment of the server's clock. `before` is what it was before it was sent. */
export function afterTry(before: Item, tried: Tried, triedAt: string): Item {
  const item: Item = { ...before, triedAt, updatedAt: triedAt };
  const body = JSON.stringify(before.body);
  switch (tried.state) {
    case 'done':
      return { ...item, state: 'sent' };
    case 'refused':
      return { ...item, state: 'refused', unanswered: 0, failure: null, refused: { ...tried, isSure: true, body } };
    case 'turned down':
      return { ...item, state: 'refused', failure: null, refused: { ...tried, body } };
    case 'away':
      // What never left is a draft again, to be read over and sent by its writer; what may have been done waits.
      return { ...item, state: before.unanswered === 0 ? 'draft' : 'waiting', failure: tried.code };
    case 'unanswered':
      return { ...item, unanswered: before.unanswered + 1, failure: tried.code };
  }
}

import type { Environment } from 'relay-runtime';
import type { Contact } from '@/relay/contact';

/** Being written; waiting to be sent; turned down by the server. Of what was sent or thrown away a trace stays, without a word. */
export type ItemState = 'draft' | 'waiting' | 'refused' | 'sent' | 'thrown';

export type Refused = {
  code: string;
  message: string;
  /** The server said no to it. Otherwise nobody knows whether it was done. */
  isSure: boolean;
  /** What was turned down, as text: the same again is the same act. */
  body: string;
};

/** One thing that a person writes on this device, from the first word until the server has it. */
export type Item<Body = unknown> = {
  /** The idempotency key, made when the draft begins: however often it is sent, it is done once. */
  key: string;
  kind: string;
  /** The version of `Body`. */
  shape: number;
  /** What it is about: the global id of a customer, say. */
  subject: string;
  /** The subject's name as it was shown, masked where it was masked. */
  title: string;
  /** Who wrote it; nobody else sees or sends it. */
  person: string;
  /** The version of the subject that it was based on; null where there is none. */
  base: string | null;
  body: Body;
  state: ItemState;
  /** Its place in the outbox, from 1; 0 before it is submitted. */
  place: number;
  /** By the server's clock, as far as it is known. */
  begunAt: string;
  updatedAt: string;
  /** The last answer of the server before it was begun: what the device's times are measured against. */
  contact: Contact | null;
  /** How often it was sent without a sure answer: while this is 0, the server surely has nothing of it. */
  unanswered: number;
  triedAt: string | null;
  /** The code of why the last try brought nothing. */
  failure: string | null;
  refused: Refused | null;
};

/** What the server said of it. No answer is an error that is thrown. */
export type Outcome = { state: 'done'; answer: unknown } | { state: 'refused'; code: string; message: string };

/** A kind of thing that can be written without a signal. The store knows no more of it than this. */
export type Kind = {
  name: string;
  shape: number;
  /** So many of them, in the reader's language: “2 条走访”. */
  say: (count: number) => string;
  /** The page on which it is written. */
  path: (subject: string) => string;
  /** The same item always gives the same bytes. */
  send: (environment: Environment, item: Item) => Promise<Outcome>;
};

export const UNSENT: readonly ItemState[] = ['draft', 'waiting', 'refused'];
export const EDITABLE: readonly ItemState[] = ['draft', 'refused'];

export const isUnsent = ({ state }: Item) => UNSENT.includes(state);

/** Whether other words may be written into it: not while it is on its way, and not while it may have been done. */
export const isEditable = (item: Item) =>
  item.state === 'draft' || (item.state === 'refused' && item.refused?.isSure !== false);

/** Under which key it is sent next: another one only where other words follow a sure refusal. */
export function keyForSending({ key, refused, body }: Item, newKey: () => string): string {
  const isOther = refused !== null && refused.isSure && refused.body !== JSON.stringify(body);
  return isOther ? newKey() : key;
}

/** All that stays of it: that there was such a thing, and what became of it. */
export function traceOf(item: Item, state: 'sent' | 'thrown', at: string): Item {
  return { ...item, state, title: '', body: null, contact: null, refused: null, failure: null, updatedAt: at };
}

const DAY_MS = 86_400_000;
/** What a person wrote about customers does not lie about on a telephone for longer than a month. */
export const KEPT_DAYS = 30;
export const TRACES_KEPT_DAYS = 1;

/** Whether it has been on the device for too long, by the server's clock. */
export function hasRunOut(item: Item, now: Date): boolean {
  const days = isUnsent(item) ? KEPT_DAYS : TRACES_KEPT_DAYS;
  return now.getTime() - Date.parse(item.updatedAt) > days * DAY_MS;
}

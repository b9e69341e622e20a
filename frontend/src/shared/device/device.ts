import type { Environment } from 'relay-runtime';
import { lastContact, serverNow } from '@/relay/contact';
import { newUuid } from '../uuid';
import { afterTry, triedOf } from './answers';
import { EDITABLE, hasRunOut, isEditable, type Item, type Kind, keyForSending, traceOf } from './item';
import { createKeeping } from './keeping';
import { createOutbox, type Step } from './outbox';
import { liesSomething } from './peek';
import type { Place } from './places';
import { createView, type View } from './view';

type Options = {
  person: string;
  kinds: readonly Kind[];
  environment: Environment;
  /** Whether the browser's session is still this person's: another page may have signed somebody else in. */
  isStillThere: () => Promise<boolean>;
  openPlace?: () => Promise<Place>;
};

export type Begun = Pick<Item, 'kind' | 'subject' | 'title' | 'base' | 'body'>;
export type Device = ReturnType<typeof createDevice>;

const loadPlace = async () => (await import('./database')).openDatabase();

/** What one person writes on this device: drafts, what waits to be sent, and what was turned down. */
export function createDevice({ person, kinds, environment, isStillThere, openPlace = loadPlace }: Options) {
  const keeping = createKeeping(openPlace);
  const view = createView();
  const kindOf = (name: string) => kinds.find((kind) => kind.name === name);
  const now = () => serverNow().toISOString();
  const find = (key: string) => view.now().items.find((item) => item.key === key);
  /** Keys of what was typed and is not written down yet. */
  const typed = new Set<string>();
  let queue: Promise<unknown> = Promise.resolve();
  let opening: Promise<void> | null = null;

  const show = (part: Partial<View>) => view.set({ trouble: keeping.trouble(), isSaved: typed.size === 0, ...part });

  async function read(): Promise<void> {
    const kept = await keeping.all(person);
    // A version that these pages do not know is left for pages that do.
    const ours = kept.filter(({ kind, shape }) => kindOf(kind)?.shape === shape);
    show({ isOpen: true, items: ours.map((item) => (typed.has(item.key) ? (find(item.key) ?? item) : item)) });
  }

  /** One writing after another, and each as it is by then: what is typed quickly is written once. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = queue.then(work, work);
    queue = done.catch(() => undefined);
    return done;
  }

  async function write(item: Item, over: readonly Item['state'][], instead?: string): Promise<boolean> {
    const isPut = await keeping.put(item, over, instead);
    const others = view.now().items.filter(({ key }) => key !== item.key && key !== instead);
    if (!isPut) await read();
    // What was typed while this was written down is newer than this.
    else show(typed.has(item.key) ? {} : { items: [...others, item] });
    view.tellOtherPages();
    return isPut;
  }

  const refresh = () => inTurn(read);

  const writeTyped = (key: string) =>
    inTurn(async () => {
      const item = find(key);
      if (!typed.delete(key) || !item) return;
      await write(item, EDITABLE);
      show({});
    });

  async function step(): Promise<Step> {
    await refresh();
    const waiting = view.now().items.filter(({ state }) => state === 'waiting');
    const item = waiting.sort((a, b) => a.place - b.place)[0];
    const kind = item && kindOf(item.kind);
    if (!item || !kind) return 'stop';
    if (!(await isStillThere())) return 'stop';
    // Written down before it goes: a page that is killed now leaves behind that it may have been done.
    const going = { ...item, unanswered: item.unanswered + 1, triedAt: now() };
    if (!(await inTurn(() => write(going, ['waiting'])))) return 'next';
    view.set({ sending: item.key });
    const tried = await kind.send(environment, item).catch((error: unknown) => triedOf(error, item));
    const after = afterTry(item, tried, now());
    if (tried.state === 'done') view.answer(item.key, tried.answer);
    await inTurn(() => write(after.state === 'sent' ? traceOf(after, 'sent', now()) : after, ['waiting']));
    view.set({ sending: null });
    if (tried.state === 'away') return 'stop';
    return tried.state === 'unanswered' ? 'later' : 'next';
  }

  const outbox = createOutbox({ name: `yunge.outbox.${person}`, leases: keeping, step });

  /** Opens the store, and sends what waits there. */
  function open(): Promise<void> {
    opening ??= refresh().then(async () => {
      if (lastContact()) await keeping.sweep((item) => hasRunOut(item, serverNow()));
      void outbox.wake();
    });
    return opening;
  }

  return {
    view,
    open,
    isOnDevice: keeping.isOnDevice,
    kindOf,
    begin: async (begun: Begun): Promise<void> => {
      const kind = kindOf(begun.kind)!;
      const [at, contact] = [now(), lastContact()];
      const fresh = {
        shape: kind.shape,
        person,
        state: 'draft',
        place: 0,
        begunAt: at,
        updatedAt: at,
        contact,
      } as const;
      const untried = { unanswered: 0, triedAt: null, failure: null, refused: null };
      await inTurn(async () => {
        const isBegun = view
          .now()
          .items.some(
            ({ kind: name, subject, state }) => name === begun.kind && subject === begun.subject && state === 'draft',
          );
        if (!isBegun) await write({ key: newUuid(), ...begun, ...fresh, ...untried }, []);
      });
    },
    /** What was typed: shown at once, written down as soon as the device is ready for it. */
    change: (key: string, body: unknown): void => {
      const item = find(key);
      if (!item || !isEditable(item)) return;
      typed.add(key);
      const changed: Item = { ...item, state: 'draft', body, updatedAt: now() };
      show({ items: view.now().items.map((other) => (other.key === key ? changed : other)) });
      void writeTyped(key);
    },
    /** Into the outbox; `body` is the last word on it. */
    submit: (key: string, body: unknown): Promise<void> =>
      inTurn(async () => {
        const item = find(key);
        if (!item || item.state === 'waiting') return;
        typed.delete(key);
        const place = Math.max(0, ...view.now().items.map((other) => other.place)) + 1;
        const sending: Item = { ...item, body, state: 'waiting', place, failure: null, updatedAt: now() };
        const next = { ...sending, key: keyForSending(sending, newUuid), refused: null };
        await write(next, EDITABLE, key);
      }).then(() => outbox.wake()),
    sendNow: () => outbox.wake(),
    throwAway: (key: string): Promise<void> =>
      inTurn(async () => {
        const item = find(key);
        typed.delete(key);
        if (item && EDITABLE.includes(item.state)) await write(traceOf(item, 'thrown', now()), EDITABLE);
      }),
    /** Listens to the world: a network that is back, a page that is seen again, other pages of this device. */
    start: (): (() => void) => {
      outbox.start();
      const look = () => void (view.now().isOpen ? refresh().then(() => outbox.wake()) : peek());
      const peek = async () => {
        if (await liesSomething()) await open();
      };
      const seen = () => document.visibilityState === 'visible' && look();
      const stopHearing = view.hearOtherPages(() => void (view.now().isOpen && refresh()));
      window.addEventListener('online', look);
      document.addEventListener('visibilitychange', seen);
      look();
      return () => {
        outbox.stop();
        stopHearing();
        window.removeEventListener('online', look);
        document.removeEventListener('visibilitychange', seen);
      };
    },
  };
}

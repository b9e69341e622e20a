import type { Environment } from 'relay-runtime';
import { createDevice } from '@/shared/device/device';
import { openDatabase } from '@/shared/device/database';
import type { Item, Kind, Outcome } from '@/shared/device/item';
import type { Place } from '@/shared/device/places';

export const DONE: Outcome = { state: 'done', answer: 'recorded' };
export const REFUSED: Outcome = { state: 'refused', code: 'TOO_LATE', message: 'too late' };

/** What arrived at a server of the test's own, and what it says to each. */
export type Server = { got: { key: string; body: unknown }[]; say: (item: Item) => Promise<Outcome> };
export const serverThat = (say: Server['say']): Server => ({ got: [], say });

/** A kind that the product does not have: a remark about somebody. */
export const remarks = (server: Server): Kind => ({
  name: 'remark',
  shape: 1,
  say: (count) => `${count} remarks`,
  path: (subject) => `/remark/${subject}`,
  send: (_, item) => {
    server.got.push({ key: item.key, body: item.body });
    return server.say(item);
  },
});

const opened: (() => void)[] = [];
let test = 0;
/** Another one in each test: what a page of an earlier test still writes is nobody's. */
export const me = () => `Staff:${test}`;

/** One page of the phone: the store as a page has it. A second one is another tab, or the same after a reload. */
export function page(
  server: Server,
  { person = me(), isStillThere = true, place = openDatabase as () => Promise<Place> } = {},
) {
  const device = createDevice({
    person,
    kinds: [remarks(server)],
    environment: {} as Environment,
    isStillThere: async () => isStillThere,
    openPlace: place,
  });
  const stop = device.start();
  opened.push(stop);
  const items = () => device.view.now().items;
  return {
    ...device,
    stop,
    items,
    one: () => items().find(({ state }) => state === 'draft' || state === 'waiting' || state === 'refused')!,
    write: async (subject: string, body: unknown) => {
      await device.open();
      await device.begin({ kind: 'remark', subject, title: '王桂兰', base: null, body });
      return items().find((item) => item.subject === subject && item.state === 'draft')!.key;
    },
  };
}

/** Every page is left, and the phone is as new. */
export async function wipe(): Promise<void> {
  opened.splice(0).forEach((stop) => stop());
  test += 1;
  await (await openDatabase()).sweep(() => true);
  localStorage.clear();
}

import { Dexie, type Table } from 'dexie';
import { type Item, traceOf } from './item';
import { DATABASE } from './peek';
import { isHeldByAnother, type Lease, type Place } from './places';

/** The browser's own database. Loaded when something is written or waits, for it weighs as much as a page. */
export async function openDatabase(): Promise<Place> {
  const database = new Dexie(DATABASE);
  database.version(1).stores({ items: 'key, person', leases: 'name' });
  await database.open();
  const items: Table<Item, string> = database.table('items');
  const leases: Table<Lease, string> = database.table('leases');
  return {
    all: (person) => items.where('person').equals(person).toArray(),
    put: (item, over, instead = item.key) =>
      database.transaction('rw', items, async () => {
        const there = await items.get(instead);
        if (there && !over.includes(there.state)) return false;
        // A trace stays under the old key, so that no page brings it back.
        if (there && instead !== item.key) await items.put(traceOf(there, 'thrown', item.updatedAt));
        await items.put(item);
        return true;
      }),
    sweep: async (isToGo) => {
      await items.filter(isToGo).delete();
    },
    lease: (name, holder, forMs) =>
      database.transaction('rw', leases, async () => {
        if (isHeldByAnother(await leases.get(name), holder, Date.now(), forMs)) return false;
        await leases.put({ name, holder, until: Date.now() + forMs });
        return true;
      }),
    release: (name, holder) =>
      database.transaction('rw', leases, async () => {
        if ((await leases.get(name))?.holder === holder) await leases.delete(name);
      }),
  };
}

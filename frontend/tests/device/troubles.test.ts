import { Dexie } from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '@/shared/device/database';
import { createKeeping } from '@/shared/device/keeping';
import { DATABASE, liesSomething } from '@/shared/device/peek';
import { isHeldByAnother, type Place } from '@/shared/device/places';
import { DONE, me, page, serverThat, wipe } from './pages';

afterEach(wipe);

const full = async (): Promise<Place> => ({
  ...(await openDatabase()),
  put: () => Promise.reject(new DOMException('x', 'QuotaExceededError')),
});
const closed = () => Promise.reject(new DOMException('x', 'InvalidStateError'));

describe('a device that keeps nothing', () => {
  it.each([
    ['FULL', full],
    ['CLOSED', closed],
  ] as const)('(%s) says so, keeps it in the page, and sends all the same', async (trouble, place) => {
    const server = serverThat(async () => DONE);
    const device = page(server, { place });
    const key = await device.write('Customer:1', { note: 'a' });
    device.change(key, { note: 'ab' });
    await vi.waitFor(() => expect(device.view.now().isSaved).toBe(true));
    expect(device.view.now().trouble).toBe(trouble);
    expect(device.isOnDevice(key)).toBe(false);
    await device.submit(key, { note: 'ab' });
    expect(server.got).toEqual([{ key, body: { note: 'ab' } }]);
    expect(device.items()[0]!.state).toBe('sent');
  });

  it('is not waited for when it does not answer', async () => {
    const keeping = createKeeping(() => new Promise(() => undefined), 20);
    expect(await keeping.all(me())).toEqual([]);
    expect(keeping.trouble()).toBe('CLOSED');
    expect(await keeping.lease('x', 'me', 1000)).toBe(true);
  });

  it('is asked again: what was in the page alone is on the device when there is room', async () => {
    let isFull = true;
    const device = page(
      serverThat(async () => DONE),
      {
        place: async () => {
          const place = await openDatabase();
          return {
            ...place,
            put: (...what) =>
              isFull ? Promise.reject(new DOMException('x', 'QuotaExceededError')) : place.put(...what),
          };
        },
      },
    );
    const key = await device.write('Customer:1', { note: 'a' });
    expect(device.isOnDevice(key)).toBe(false);
    isFull = false;
    device.change(key, { note: 'ab' });
    await vi.waitFor(() => expect(device.view.now()).toMatchObject({ isSaved: true, trouble: null }));
    expect(await (await openDatabase()).all(me())).toMatchObject([{ key, body: { note: 'ab' } }]);
  });

  it('makes room for words by removing traces', async () => {
    const database = await openDatabase();
    const device = page(
      serverThat(async () => DONE),
      {
        place: async () => ({
          ...database,
          put: async (item, ...rest) => {
            const isFull = (await database.all(me())).some(({ state }) => state === 'sent');
            if (isFull && item.subject === 'Customer:2') throw new DOMException('x', 'QuotaExceededError');
            return database.put(item, ...rest);
          },
        }),
      },
    );
    await device.submit(await device.write('Customer:1', {}), {});
    const key = await device.write('Customer:2', {});
    expect(device.isOnDevice(key)).toBe(true);
  });
});

describe('a device that was cleared while a page was open', () => {
  it('gets back what the page knows', async () => {
    const device = page(serverThat(async () => DONE));
    const key = await device.write('Customer:1', { note: 'a' });
    const database = await openDatabase();
    await database.sweep(() => true);
    window.dispatchEvent(new Event('online'));
    await vi.waitFor(async () => expect(await database.all(me())).toMatchObject([{ key, body: { note: 'a' } }]));
  });

  it('even if the whole database is gone', async () => {
    const device = page(serverThat(async () => DONE));
    const key = await device.write('Customer:1', { note: 'a' });
    await Dexie.delete(DATABASE);
    device.change(key, { note: 'ab' });
    await vi.waitFor(() => expect(device.view.now().isSaved).toBe(true));
    expect(device.one()).toMatchObject({ key, body: { note: 'ab' } });
    expect(await (await openDatabase()).all(me())).toMatchObject([{ key, body: { note: 'ab' } }]);
  });
});

describe('looking whether something lies there', () => {
  it('makes no database, and sees what another page left', async () => {
    await Dexie.delete(DATABASE);
    expect(await liesSomething()).toBe(false);
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(DATABASE);
    await page(serverThat(async () => DONE)).write('Customer:1', {});
    expect(await liesSomething()).toBe(true);
  });
});

describe('a lease', () => {
  it.each([
    ['nobody has', undefined, false],
    ['I have', { holder: 'me', until: 1500 }, false],
    ['another has', { holder: 'you', until: 1500 }, true],
    ['another had', { holder: 'you', until: 999 }, false],
    ['another clock has written far ahead', { holder: 'you', until: 99_000 }, false],
  ])('that %s', (_, lease, isHeld) => {
    expect(isHeldByAnother(lease && { name: 'x', ...lease }, 'me', 1000, 1000)).toBe(isHeld);
  });
});

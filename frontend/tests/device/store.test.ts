import { afterEach, describe, expect, it, vi } from 'vitest';
import { noteContact } from '@/relay/contact';
import { GraphQLFailure } from '@/relay/network';
import { openDatabase } from '@/shared/device/database';
import { FAULTS_BORNE } from '@/shared/device/answers';
import { DONE, me, page, REFUSED, serverThat, wipe } from './pages';

const done = () => serverThat(async () => DONE);
const failing = (code: string) =>
  serverThat(async () => {
    throw new GraphQLFailure(code, 'x');
  });
const answered = (serverAt: string) => new Response('', { headers: { Date: new Date(serverAt).toUTCString() } });

afterEach(async () => {
  vi.useRealTimers();
  noteContact(answered(new Date().toISOString()));
  await wipe();
});

describe('a draft', () => {
  it('is there again after a reload, under its key, and was not sent', async () => {
    const server = done();
    const first = page(server);
    const key = await first.write('Customer:7', { note: '' });
    first.change(key, { note: '想了解三' });
    first.change(key, { note: '想了解三年定期' });
    await vi.waitFor(() => expect(first.view.now().isSaved).toBe(true));
    first.stop();
    const second = page(server);
    await second.open();
    expect(second.one()).toMatchObject({ key, state: 'draft', body: { note: '想了解三年定期' }, title: '王桂兰' });
    expect(server.got).toEqual([]);
  });

  it('is seen by nobody else, and is there when its writer is back', async () => {
    const key = await page(done()).write('Customer:7', { note: 'mine' });
    const other = page(done(), { person: 'Staff:other' });
    await other.open();
    expect(other.items()).toEqual([]);
    const back = page(done());
    await back.open();
    expect(back.one().key).toBe(key);
  });

  it('is one for one subject, however often its beginning is pressed', async () => {
    const device = page(done());
    await device.open();
    const begun = { kind: 'remark', subject: 'Customer:7', title: 'x', base: null, body: {} };
    await Promise.all([device.begin(begun), device.begin(begun)]);
    expect(device.items()).toHaveLength(1);
  });

  it('leaves no word behind when it is thrown away', async () => {
    const device = page(done());
    const key = await device.write('Customer:7', { note: '私房话' });
    await device.throwAway(key);
    const database = await openDatabase();
    expect(JSON.stringify(await database.all(me()))).not.toMatch(/私房话|王桂兰/);
  });

  it('of a version that these pages do not know is left alone', async () => {
    const first = page(done());
    await first.write('Customer:7', {});
    const database = await openDatabase();
    await database.put({ ...first.one(), shape: 2 }, ['draft']);
    const second = page(done());
    await second.open();
    expect(second.items()).toEqual([]);
    expect(await database.all(me())).toHaveLength(1);
  });

  it('knows when the device last heard of the server, and goes by the clock of the server', async () => {
    noteContact(answered('2026-11-27T01:00:00Z'), Date.parse('2026-11-30T01:00:00Z'));
    const device = page(done());
    await device.write('Customer:7', {});
    expect(device.one().contact).toEqual({
      deviceAt: '2026-11-30T01:00:00.000Z',
      serverAt: '2026-11-27T01:00:00.000Z',
    });
    expect(Math.abs(Date.parse(device.one().begunAt) - (Date.now() - 3 * 86_400_000))).toBeLessThan(60_000);
  });
});

describe('the outbox', () => {
  it('sends, keeps the answer for the page, and leaves no word behind', async () => {
    const server = done();
    const device = page(server);
    const key = await device.write('Customer:7', {});
    await device.submit(key, { note: '谈定了' });
    expect(server.got).toEqual([{ key, body: { note: '谈定了' } }]);
    expect(device.view.answerOf(key)).toBe('recorded');
    const [trace] = await (await openDatabase()).all(me());
    expect(trace).toMatchObject({ key, state: 'sent', body: null, title: '' });
  });

  it('sends the same under the same key from a new page, where no answer came', async () => {
    const lost = failing('NETWORK');
    const first = page(lost);
    const key = await first.write('Customer:7', {});
    await first.submit(key, { note: 'x' });
    expect(first.one()).toMatchObject({ key, state: 'waiting', unanswered: 1, failure: 'NETWORK' });
    first.change(key, { note: 'other words' });
    expect(first.one().body).toEqual({ note: 'x' });
    first.stop();
    const server = done();
    page(server);
    await vi.waitFor(() => expect(server.got).toEqual(lost.got));
  });

  it('sends again where the page was killed while it was on its way', async () => {
    const silent = serverThat(() => new Promise(() => undefined));
    const first = page(silent);
    const key = await first.write('Customer:7', {});
    void first.submit(key, {});
    await vi.waitFor(() => expect(silent.got).toHaveLength(1));
    const [left] = await (await openDatabase()).all(me());
    expect(left).toMatchObject({ state: 'waiting', unanswered: 1 });
  });

  it('keeps the order: what comes later does not overtake what got no answer', async () => {
    let isUp = false;
    const server = serverThat(async () => {
      if (!isUp) throw new GraphQLFailure('TIMEOUT', 'x');
      return DONE;
    });
    const device = page(server);
    const keys: string[] = [];
    for (const subject of ['Customer:1', 'Customer:2', 'Customer:3']) {
      const key = await device.write(subject, {});
      await device.submit(key, {});
      keys.push(key);
    }
    expect(new Set(server.got.map(({ key }) => key))).toEqual(new Set([keys[0]]));
    isUp = true;
    server.got.length = 0;
    window.dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(server.got.map(({ key }) => key)).toEqual(keys));
  });

  it('tries again by itself after a while', async () => {
    let tries = 0;
    const server = serverThat(async () => {
      tries += 1;
      if (tries === 1) throw new GraphQLFailure('UNAVAILABLE', 'x');
      return DONE;
    });
    const device = page(server);
    const key = await device.write('Customer:7', {});
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await device.submit(key, {});
    expect(server.got).toHaveLength(1);
    vi.advanceTimersByTime(5_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(server.got).toHaveLength(2));
    expect(server.got[1]).toEqual(server.got[0]);
  });

  it('moves what is refused to the tray with its reason, and goes on', async () => {
    const server = serverThat(async ({ subject }) => (subject === 'Customer:1' ? REFUSED : DONE));
    const device = page(server);
    const first = await device.write('Customer:1', { note: 'a' });
    const second = await device.write('Customer:2', { note: 'b' });
    await Promise.all([device.submit(first, { note: 'a' }), device.submit(second, { note: 'b' })]);
    await vi.waitFor(() => expect(server.got.map(({ key }) => key)).toEqual([first, second]));
    expect(device.one()).toMatchObject({ key: first, state: 'refused', body: { note: 'a' } });
    expect(device.one().refused).toMatchObject({ code: 'TOO_LATE', isSure: true });
  });

  it('sends the same after a refusal under the same key, and other words under another', async () => {
    const server = serverThat(async () => REFUSED);
    const device = page(server);
    const key = await device.write('Customer:1', {});
    await device.submit(key, { note: 'a' });
    await device.submit(key, { note: 'a' });
    device.change(key, { note: 'b' });
    expect(device.one()).toMatchObject({ state: 'draft', refused: { code: 'TOO_LATE' } });
    await device.submit(key, { note: 'b' });
    const keys = server.got.map((sent) => sent.key);
    expect(keys.slice(0, 2)).toEqual([key, key]);
    expect(keys[2]).not.toBe(key);
    expect(device.items().filter(({ state }) => state === 'refused')).toHaveLength(1);
  });

  it.each(['FORBIDDEN', 'BAD_REQUEST', 'BODY_TOO_LARGE'])('takes %s for an answer', async (code) => {
    const device = page(failing(code));
    const key = await device.write('Customer:1', {});
    await device.submit(key, {});
    expect(device.one()).toMatchObject({ key, state: 'refused', refused: { code, isSure: true } });
  });

  it('bears some faults of the server, then lets others pass; nobody knows whether it was done', async () => {
    const server = serverThat(async ({ subject }) => {
      if (subject === 'Customer:1') throw new GraphQLFailure('INTERNAL', 'x');
      return DONE;
    });
    const device = page(server);
    const first = await device.write('Customer:1', { note: 'a' });
    const second = await device.write('Customer:2', {});
    await device.submit(first, { note: 'a' });
    await device.submit(second, {});
    while (device.items().some(({ state }) => state === 'waiting')) await device.sendNow();
    expect(server.got.filter(({ key }) => key === first)).toHaveLength(FAULTS_BORNE + 1);
    expect(server.got.at(-1)!.key).toBe(second);
    expect(device.one().refused).toMatchObject({ code: 'INTERNAL', isSure: false });
    device.change(first, { note: 'other' });
    expect(device.one()).toMatchObject({ key: first, body: { note: 'a' } });
  });

  it('makes a draft again of what met the end of the session, and lets wait what may have been done', async () => {
    const device = page(failing('UNAUTHENTICATED'));
    const key = await device.write('Customer:1', {});
    await device.submit(key, { note: 'a' });
    expect(device.one()).toMatchObject({ key, state: 'draft', body: { note: 'a' }, failure: 'UNAUTHENTICATED' });

    const lost = page(failing('NETWORK'));
    await lost.open();
    await lost.submit(key, { note: 'a' });
    lost.stop();
    const ended = page(failing('UNAUTHENTICATED'));
    await vi.waitFor(() => expect(ended.one()).toMatchObject({ key, state: 'waiting', failure: 'UNAUTHENTICATED' }));
  });

  it('sends nothing under the session of somebody else', async () => {
    const server = done();
    const device = page(server, { isStillThere: false });
    const key = await device.write('Customer:1', {});
    await device.submit(key, {});
    expect(device.one()).toMatchObject({ key, state: 'waiting', unanswered: 0 });
    expect(server.got).toEqual([]);
  });

  it('is emptied by one page at a time', async () => {
    const lost = page(failing('NETWORK'));
    await lost.submit(await lost.write('Customer:1', {}), {});
    lost.stop();
    const slow = serverThat(() => new Promise((resolve) => setTimeout(() => resolve(DONE), 50)));
    const pages = [page(slow), page(slow)];
    await Promise.all(pages.map((each) => each.open()));
    await vi.waitFor(() => expect(pages[0]!.items()[0]!.state).toBe('sent'));
    expect(slow.got).toHaveLength(1);
  });
});

describe('what has run out', () => {
  const beganDaysAgo = async (days: number) => {
    const device = page(done());
    await device.write('Customer:1', {});
    const database = await openDatabase();
    const updatedAt = new Date(Date.now() - days * 86_400_000).toISOString();
    await database.put({ ...device.one(), updatedAt }, ['draft']);
    device.stop();
    return database;
  };

  it.each([
    [29, 1],
    [31, 0],
  ])('is removed by whoever opens the store: after %d days %d is left', async (days, left) => {
    const database = await beganDaysAgo(days);
    await page(done(), { person: 'Staff:other' }).open();
    await vi.waitFor(async () => expect(await database.all(me())).toHaveLength(left));
  });

  it('goes by the clock of the server: a device that is a year ahead removes nothing', async () => {
    const database = await beganDaysAgo(2);
    const ahead = Date.now() + 365 * 86_400_000;
    vi.useFakeTimers({ toFake: ['Date'], now: ahead });
    noteContact(answered(new Date(ahead - 365 * 86_400_000).toISOString()));
    const other = page(done(), { person: 'Staff:other' });
    await other.open();
    await other.sendNow();
    expect(await database.all(me())).toHaveLength(1);
  });
});

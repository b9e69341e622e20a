import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastContact, noteContact, serverNow } from '@/relay/contact';
import { canStart } from '@/shared/canStart';
import { addMissing } from '@/shared/olderBrowsers';

describe('what older browsers lack', () => {
  const world = {
    Array: class extends Array {} as unknown as ArrayConstructor,
    String: class extends String {} as unknown as StringConstructor,
    Object: class {} as unknown as ObjectConstructor,
  };
  for (const owner of [world.Array.prototype, world.String.prototype, world.Object])
    for (const name of ['at', 'replaceAll', 'hasOwn'])
      Object.defineProperty(owner, name, { value: undefined, configurable: true });
  addMissing(world);

  it('is there afterwards, and does what the new ones do', () => {
    const row = new world.Array('a', 'b', 'c');
    for (const place of [0, 2, 3, -1, -3, -4, 1.7, Number.NaN]) expect(row.at(place)).toBe(['a', 'b', 'c'].at(place));
    expect(new world.String('1,234,567').replaceAll(',', '')).toBe('1234567');
    expect(world.Object.hasOwn({ a: 1 }, 'a')).toBe(true);
    expect(world.Object.hasOwn(Object.create({ a: 1 }) as object, 'a')).toBe(false);
  });
});

describe('a browser that is too old', () => {
  const script = readFileSync(`${import.meta.dirname}/../public/too-old.js`, 'utf8');
  const missing = (owner: object, name: string) => {
    const whole = Object.getOwnPropertyDescriptor(owner, name)!;
    Object.defineProperty(owner, name, { ...whole, value: undefined });
    return () => Object.defineProperty(owner, name, whole);
  };
  const run = () => {
    document.body.innerHTML = '<div id="root"></div>';
    new Function(script)();
    return document.getElementById('root')!;
  };
  // What jsdom does not have, and every browser of ours does.
  beforeEach(() =>
    Object.defineProperty(HTMLScriptElement.prototype, 'noModule', { value: false, configurable: true }),
  );
  afterEach(() => {
    document.body.innerHTML = '';
    document.documentElement.removeAttribute('data-too-old');
    localStorage.clear();
  });

  it.each([
    ['zh-CN', '打不开云格'],
    ['en', 'cannot open Yunge'],
  ])('is told so in the language of its reader (%s), and the pages do not begin', (language, words) => {
    localStorage.setItem('yunge.language', language);
    const putBack = missing(Promise, 'allSettled');
    const root = run();
    putBack();
    expect(root.textContent).toContain(words);
    expect(canStart()).toBe(false);
  });

  it('is not what a whole browser is', () => {
    expect(run().textContent).toBe('');
    expect(canStart()).toBe(true);
  });

  it('is written in words that browsers of long ago read', () => {
    expect(script).not.toMatch(/=>|\b(let|const|class|async)\b|`|\?\.|\?\?/);
  });
});

describe('the last contact with the server', () => {
  const answer = (date?: string) => new Response('', date ? { headers: { Date: date } } : {});
  const noon = Date.parse('2026-11-27T04:00:00Z');

  it('is both clocks at one moment, and tells the time where the device is wrong', () => {
    noteContact(answer('Fri, 27 Nov 2026 04:00:00 GMT'), noon + 360_000);
    expect(lastContact()).toEqual({ deviceAt: '2026-11-27T04:06:00.000Z', serverAt: '2026-11-27T04:00:00.000Z' });
    expect(serverNow(noon + 420_000).toISOString()).toBe('2026-11-27T04:01:00.000Z');
  });

  it('leaves a clock alone that is right to the second, and hears nothing from an answer without a date', () => {
    noteContact(answer('Fri, 27 Nov 2026 04:00:00 GMT'), noon + 900);
    noteContact(answer(), noon + 360_000);
    noteContact(answer('nonsense'), noon + 360_000);
    expect(serverNow(noon + 5_000).getTime()).toBe(noon + 5_000);
  });
});

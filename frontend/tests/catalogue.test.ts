import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@babel/parser';
import { describe, expect, it } from 'vitest';
import { CATALOGUES, PARTS } from '@/catalogues';
import { ENGLISH, PARTS_IN_ENGLISH } from '@/cataloguesInEnglish';
import { PHONE_CATALOGUES } from '@/cataloguesOfPhone';
import { zhCN as shared } from '@/shared/i18n/zh-CN';
import { zhCN as facts } from '@/shared/facts/zh-CN';
import { zhCN as industries } from '@/shared/industries/zh-CN';
import { permissionsOf } from '../scripts/permissions.mjs';

type Words = { readonly [key: string]: string | Words };
const SOURCES = join(import.meta.dirname, '../src');
const CHINESE = /[\u3400-\u9fff]/;

function flat(words: Words, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

const chinese = flat(CATALOGUES['zh-CN']);
const english = flat(ENGLISH);
const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.tsx?$/.test(path) && !/(^|\/)(en|zh-CN)\.ts$/.test(path) && !path.includes('__generated__'),
);

type Found = { file: string; line: number; text: string };
const SHOWN_ATTRIBUTES = new Set(['title', 'label', 'placeholder', 'aria-label', 'alt', 'okText', 'cancelText']);

/** Every text in the sources that a person would read or that holds Chinese, outside comments. */
function literalsOf(file: string): Found[] {
  const tree = parse(readFileSync(join(SOURCES, file), 'utf8'), {
    sourceType: 'module',
    plugins: ['typescript', 'jsx'],
  });
  const found: Found[] = [];
  const note = (node: { loc?: { start: { line: number } } | null }, text: string) =>
    found.push({ file, line: node.loc?.start.line ?? 0, text: text.trim() });
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null || !('type' in node)) return;
    const typed = node as { type: string; loc: { start: { line: number } } } & Record<string, unknown>;
    if (typed.type === 'JSXText' && /[A-Za-z\u3400-\u9fff]/.test(String(typed.value))) note(typed, String(typed.value));
    if (typed.type === 'JSXAttribute') {
      const name = String((typed.name as { name: unknown }).name);
      const value = typed.value as { type?: string; value?: string } | null;
      if (SHOWN_ATTRIBUTES.has(name) && value?.type === 'StringLiteral') note(typed, value.value ?? '');
    }
    if (typed.type === 'StringLiteral' && CHINESE.test(String(typed.value))) note(typed, String(typed.value));
    if (typed.type === 'TemplateElement') {
      const raw = (typed.value as { raw: string }).raw;
      if (CHINESE.test(raw)) note(typed, raw);
    }
    for (const [key, child] of Object.entries(typed)) if (key !== 'loc') walk(child);
  };
  walk(tree.program);
  return found;
}

/** Keys that a source names whole, and beginnings of keys that it puts together from a code. */
function keysIn(source: string) {
  const whole = [...source.matchAll(/'([a-z]\w*(?:\.\w+)+)'/g)].map(([, key]) => key!);
  const families = [...source.matchAll(/[`']((?:[a-z]\w*\.)+)\$\{/g)].map(([, prefix]) => prefix!);
  const groups = [...source.matchAll(/word\('(\w+)'/g)].map(([, group]) => `${group!}.`);
  return { whole, beginnings: [...families, ...groups] };
}

/** Here the gap holds a name, and what follows is a verb. */
const NO_COUNTS = new Set(['upload.progress', 'dashboard.lateFeed', 'dashboard.missingFeed']);
const manyOf = (key: string) => key.replace(/_one$/, '_other');
const isSaid = (key: string, keys: readonly string[]) => keys.includes(key) || keys.includes(`${key}_other`);
const bare = (key: string) => key.replace(/_(one|other)$/, '');

const sources = new Map(files.map((file) => [file, readFileSync(join(SOURCES, file), 'utf8')]));
const roots = new Set(Object.keys(CATALOGUES['zh-CN']));

describe('the catalogues', () => {
  it('are one of each language for every part, and none says what another says', () => {
    const places = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('zh-CN.ts'),
    );
    expect(PARTS).toHaveLength(places.length);
    expect(PARTS_IN_ENGLISH).toHaveLength(PARTS.length);
    for (const parts of [PARTS, PARTS_IN_ENGLISH]) {
      const keys = parts.flatMap((part) => [...flat(part).keys()]);
      expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    }
  });

  it('have the same keys, and English one for one thing beside that for many', () => {
    const inEnglish = [...chinese.keys()].flatMap((key) =>
      key.endsWith('_other') ? [key.replace(/other$/, 'one'), key] : [key],
    );
    expect([...english.keys()].toSorted()).toEqual(inEnglish.toSorted());
  });

  it('have both forms of every English sentence with a count', () => {
    const counted = /\{\{count\b/;
    const afterNumber = /\{\{\w+(?:, number)?\}\} (?:[a-z]+ )?[a-z-]+s\b/;
    const isPlural = (key: string) => /_(one|other)$/.test(key);
    const withoutForms = [...english].filter(
      ([key, text]) => !isPlural(key) && (counted.test(text) || (afterNumber.test(text) && !NO_COUNTS.has(key))),
    );
    expect(withoutForms).toEqual([]);
    expect([...chinese].filter(([key, text]) => counted.test(text) && !key.endsWith('_other'))).toEqual([]);
    for (const [key, text] of english) if (key.endsWith('_one')) expect(text).not.toBe(english.get(manyOf(key)));
  });

  it('leave no word empty', () => {
    for (const words of [chinese, english]) for (const [key, text] of words) expect(text.trim(), key).not.toBe('');
  });

  it('fill the same gaps in both languages', () => {
    const gaps = (text: string) => [...text.matchAll(/\{\{(\w+)(?:, number)?\}\}/g)].map(([, name]) => name).toSorted();
    for (const [key, text] of english) expect(gaps(text), key).toEqual(gaps(chinese.get(manyOf(key))!));
    for (const [key, text] of chinese) expect(gaps(english.get(key)!), key).toEqual(gaps(text));
  });

  it('are Chinese in Chinese and not in English', () => {
    const names = new Set([
      'language.other',
      'unit.percent',
      'unit.listSeparator',
      'unit.statementSeparator',
      'models.auc',
      'unit.m',
    ]);
    const sameInBoth = [...chinese].filter(([key, text]) => !names.has(key) && !CHINESE.test(text));
    expect(sameInBoth).toEqual([]);
    expect([...english].filter(([key, text]) => key !== 'language.other' && CHINESE.test(text))).toEqual([]);
  });
});

describe('the sources', () => {
  it('are read by this test', () => expect(files.length).toBeGreaterThan(40));

  it('hold no text of their own', () => expect(files.flatMap(literalsOf)).toEqual([]));

  it('use no key that the catalogue lacks, and the catalogue has none that nothing uses', () => {
    const { whole, beginnings } = keysIn([...sources.values()].join('\n'));
    const used = new Set(whole);
    const isUsed = (key: string) =>
      used.has(key) || used.has(bare(key)) || beginnings.some((prefix) => key.startsWith(prefix));
    expect([...chinese.keys()].filter((key) => !isUsed(key))).toEqual([]);
    const permissions = permissionsOf(readFileSync(join(SOURCES, '../../schema/schema.graphql'), 'utf8'));
    const isWord = (key: string) => roots.has(key.split('.')[0]!) && !permissions.includes(key);
    const unknown = whole.filter((key) => isWord(key) && !chinese.has(key) && !chinese.has(`${key}_other`));
    expect(unknown).toEqual([]);
  });

  it('of the phone find the words of every feature that it opens', async () => {
    const opened = [...sources].filter(([file]) => file.startsWith('h5/'));
    const features = new Set(
      opened.flatMap(([, source]) => [...source.matchAll(/@\/features\/(\w+)\//g)].map(([, feature]) => feature!)),
    );
    expect(features.size).toBeGreaterThan(4);
    for (const feature of features) {
      const { zhCN } = (await import(`../src/features/${feature}/zh-CN.ts`)) as { zhCN: Words };
      expect([...flat(PHONE_CATALOGUES['zh-CN']).keys()]).toEqual(expect.arrayContaining([...flat(zhCN).keys()]));
    }
  });

  it('of a feature say only what is in its own catalogue or the shared one', async () => {
    const sharedKeys = [...flat(shared).keys(), ...flat(industries).keys(), ...flat(facts).keys()];
    const strange: string[] = [];
    // The shells put features together and may use the words of all.
    const known = new Map([['shared', sharedKeys]]);
    for (const feature of readdirSync(join(SOURCES, 'features'))) {
      const { zhCN } = (await import(`../src/features/${feature}/zh-CN.ts`)) as { zhCN: Words };
      known.set(`features/${feature}`, [...sharedKeys, ...flat(zhCN).keys()]);
    }
    for (const [place, keys] of known) {
      for (const [file, source] of sources) {
        if (!file.startsWith(`${place}/`)) continue;
        const { whole, beginnings } = keysIn(source);
        strange.push(
          ...whole
            .filter((key) => isSaid(key, [...chinese.keys()]) && !isSaid(key, keys))
            .map((key) => `${file}: ${key}`),
          ...beginnings
            .filter((prefix) => roots.has(prefix.split('.')[0]!) && !keys.some((key) => key.startsWith(prefix)))
            .map((prefix) => `${file}: ${prefix}`),
        );
      }
    }
    expect(strange).toEqual([]);
  });
});

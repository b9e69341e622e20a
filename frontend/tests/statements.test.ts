import { beforeAll, describe, expect, it, vi } from 'vitest';
import { WORDS_IN_ENGLISH } from '@/shared/statements/inEnglish';
import { STATEMENTS_OF_FILES } from '@/shared/statements/ofFiles';
import { learnChinese, learnEnglish, word } from '@/shared/statements/wording';
import cases from '../../tests/schema/said.json';

const kinds = { string: 'text', number: 'number' } as const;

/** As the server gives it: the kind of a value stands in its name (domain/shared/statements.py). */
function asRead(name: string, value: unknown) {
  if (name.endsWith('_fen')) return { name, fen: value as number };
  if (name.endsWith('_on')) return { name, date: value as string };
  return { name, [kinds[typeof value as 'string' | 'number']]: value };
}

describe('a statement in words', () => {
  it('is said in Chinese until English was fetched', async () => {
    vi.resetModules();
    const { word: wordOfNewPage } = await import('@/shared/statements/wording');
    const said = { code: 'DUE_LOAN_MATURED', values: [] };
    expect(wordOfNewPage(said, 'en')).toBe(wordOfNewPage(said, 'zh-CN'));
  });
});

describe('a statement in the words of a language', () => {
  beforeAll(() => {
    learnEnglish(WORDS_IN_ENGLISH);
    learnChinese(STATEMENTS_OF_FILES);
  });
  it.each(cases)('$said.code', ({ said, ...words }) => {
    const values = Object.entries(said.values).map(([name, value]) => asRead(name, value));
    expect(word({ code: said.code, values }, 'zh-CN')).toBe(words['zh-CN']);
    expect(word({ code: said.code, values }, 'en')).toBe(words.en);
  });
});

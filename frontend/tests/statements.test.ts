import { beforeAll, describe, expect, it } from 'vitest';
import { WORDS_IN_ENGLISH } from '@/shared/statements/inEnglish';
import { learnEnglish, word } from '@/shared/statements/wording';
import cases from '../../tests/schema/said.json';

const kinds = { string: 'text', number: 'number' } as const;

/** As the server gives it: the kind of a value stands in its name (domain/shared/statements.py). */
function asRead(name: string, value: unknown) {
  if (name.endsWith('_fen')) return { name, fen: value as number };
  if (name.endsWith('_on')) return { name, date: value as string };
  return { name, [kinds[typeof value as 'string' | 'number']]: value };
}

describe('a statement in words', () => {
  beforeAll(() => learnEnglish(WORDS_IN_ENGLISH));
  it.each(cases)('$said.code', ({ said, ...words }) => {
    const values = Object.entries(said.values).map(([name, value]) => asRead(name, value));
    expect(word({ code: said.code, values }, 'zh-CN')).toBe(words['zh-CN']);
    expect(word({ code: said.code, values }, 'en')).toBe(words.en);
  });
});

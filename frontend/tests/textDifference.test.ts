import { describe, expect, it } from 'vitest';
import { textDifference } from '@/shared/textDifference';

const shown = (before: string, after: string) =>
  textDifference(before, after).map(
    ({ kind, text }) => `${kind === 'same' ? ' ' : kind === 'added' ? '+' : '-'}${text}`,
  );

describe('the difference of two texts', () => {
  it('keeps what both have, in its order', () => {
    expect(shown('a\nb\nc\nd\n', 'a\nx\nc\nd\ne\n')).toEqual([' a', '-b', '+x', ' c', ' d', '+e']);
    expect(shown('a\nb\na\n', 'b\na\na\n')).toEqual(['-a', ' b', '+a', ' a']);
  });

  it('is nothing of the same, and all of what was not there', () => {
    expect(shown('a\nb', 'a\nb\n')).toEqual([' a', ' b']);
    expect(shown('', 'a\nb')).toEqual(['+a', '+b']);
    expect(shown('a', '')).toEqual(['-a']);
  });

  it('does not compare thousands of strange lines with one another', () => {
    const many = (letter: string) => Array.from({ length: 3_000 }, (_, at) => `${letter}${at}`).join('\n');
    const lines = textDifference(many('a'), many('b'));
    expect(lines.filter(({ kind }) => kind === 'removed')).toHaveLength(3_000);
    expect(lines).toHaveLength(6_000);
  });
});

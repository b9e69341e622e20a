import { describe, expect, it } from 'vitest';
import { askOfSearch, filterOfAsk } from '@/features/customers/filter';
import { bandOf, searchOf } from '@/features/inside/answers';

const filterOf = (extra: string | null) => filterOfAsk(askOfSearch(new URLSearchParams(`grid=Grid:1${extra}`)));
const IN_GRID = { status: ['ACTIVE'], gridId: ['Grid:1'] };

describe('the customers behind a bar', () => {
  it.each([
    ['KIND', 'ENTERPRISE', { kind: ['ENTERPRISE'] }],
    ['AGE', '30', { kind: ['PERSON'], ageDecade: [30] }],
    ['AGE', '80', { kind: ['PERSON'], ageDecade: [80, 90, 100, 110, 120] }],
    ['INDUSTRY', 'F', { kind: ['SOLE_TRADER', 'ENTERPRISE', 'ORGANISATION'], industry: ['F'] }],
    ['TURNOVER', 'FROM_0', { posVolume12mFen: { gte: 1, lt: 1_000_000 } }],
    ['TURNOVER', 'FROM_10', { posVolume12mFen: { gte: 10_000_000, lt: 50_000_000 } }],
    ['TURNOVER', 'FROM_100', { posVolume12mFen: { gte: 100_000_000 } }],
    ['DEPOSIT', 'YES', { depositFen: { gte: 1 } }],
    ['LOAN', 'YES', { hasLoan: true }],
    ['LINE', 'YES', { lineFen: { gte: 1 } }],
    ['POS', 'YES', { posVolume12mFen: { gte: 1 } }],
  ] as const)('%s %s are asked of the list as they were counted', (question, answer, asked) =>
    expect(filterOf(searchOf(question, answer))).toEqual({ ...IN_GRID, ...asked }),
  );

  it.each([
    ['AGE', 'UNKNOWN'],
    ['INDUSTRY', 'UNKNOWN'],
    ['TURNOVER', 'NONE'],
    ['DEPOSIT', 'NO'],
  ] as const)('%s %s have no list', (question, answer) => expect(searchOf(question, answer)).toBeNull());

  it('has bands without gaps', () => {
    expect(['FROM_0', 'FROM_1', 'FROM_10', 'FROM_50', 'FROM_100'].map(bandOf).map((band) => band?.to)).toEqual([
      1,
      10,
      50,
      100,
      null,
    ]);
    expect(bandOf('FROM_7')).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import {
  askOfSearch,
  type CustomerAsk,
  filterOfAsk,
  isUnfiltered,
  NOTHING_ASKED,
  pageOfAsk,
  searchOfAsk,
  withChange,
} from '@/features/customers/filter';
import { encodeArea } from '@/shared/map/areas';
import type { Position } from '@/shared/map/geometry';

const SQUARE: Position[] = [
  [119.5, 33.6],
  [119.6, 33.6],
  [119.6, 33.7],
];

const EVERYTHING: CustomerAsk = {
  ages: [30, 40],
  lineFromWan: 0.000001,
  turnoverFromWan: 1,
  turnoverToWan: 10,
  area: encodeArea(SQUARE),
  text: '王 & 李',
  kinds: ['PERSON', 'ENTERPRISE'],
  industries: ['H', 'F5212'],
  tier: 'KEY',
  statuses: ['CLOSED', 'MOVED'],
  gridIds: ['Grid:7', 'Grid:8'],
  orgUnitIds: ['OrgUnit:1'],
  hasLoan: false,
  isLocated: true,
  depositFromWan: 0,
  depositToWan: 12.5,
  scoreFrom: 40,
  scoreTo: null,
  bands: [4, 5],
  isDue: true,
  dueFrom: '2026-11-01',
  dueTo: '2026-12-01',
  unvisitedFrom: '2026-08-23',
  visitedHereFrom: '2026-08-24',
  visitedFrom: '2026-08-23',
  sort: 'ATTRITION_SCORE',
  isDescending: true,
  after: 'abc==',
  before: null,
};

describe('a question and its address', () => {
  it.each([
    NOTHING_ASKED,
    EVERYTHING,
    { ...NOTHING_ASKED, before: 'x', sort: 'NAME' as const },
    { ...NOTHING_ASKED, statuses: [] },
  ])('come back the same', (ask) => expect(askOfSearch(new URLSearchParams(searchOfAsk(ask).toString()))).toEqual(ask));

  it('is empty when nothing is asked', () => expect(searchOfAsk(NOTHING_ASKED).toString()).toBe(''));

  it('leaves out what it does not understand', () => {
    const ask = askOfSearch(
      new URLSearchParams(
        'kind=PERSON&kind=MARTIAN&status=HAPPY&band=9&dueFrom=soon&tier=GOLD&loan=maybe&depositFrom=abc&scoreTo=&sort=AGE',
      ),
    );
    expect(ask).toEqual({ ...NOTHING_ASKED, kinds: ['PERSON'] });
  });

  it('starts at the first page after any change but turning one', () => {
    expect(withChange(EVERYTHING, { tier: null })).toMatchObject({ tier: null, after: null, before: null });
    expect(withChange(EVERYTHING, { before: 'z' })).toMatchObject({ after: null, before: 'z' });
  });

  it('knows whether anything is filtered', () => {
    expect(isUnfiltered({ ...NOTHING_ASKED, sort: 'NAME', after: 'x' })).toBe(true);
    expect(isUnfiltered({ ...NOTHING_ASKED, isLocated: false })).toBe(false);
    expect(isUnfiltered({ ...NOTHING_ASKED, statuses: [] })).toBe(false);
  });
});

describe('the filter of the contract', () => {
  it('starts with active customers, as the figures that open it count', () =>
    expect(filterOfAsk(NOTHING_ASKED)).toEqual({ status: ['ACTIVE'] }));

  it('holds only what was asked', () => expect(filterOfAsk({ ...NOTHING_ASKED, statuses: [] })).toEqual({}));

  it('speaks fen and fractions, and asks for the answer no as much as for yes', () => {
    expect(filterOfAsk(EVERYTHING)).toEqual({
      text: '王 & 李',
      kind: ['PERSON', 'ENTERPRISE'],
      industry: ['H', 'F5212'],
      tier: ['KEY'],
      status: ['CLOSED', 'MOVED'],
      gridId: ['Grid:7', 'Grid:8'],
      orgUnitId: ['OrgUnit:1'],
      hasLoan: false,
      located: true,
      depositFen: { gte: 0, lt: 12_500_000 },
      attritionScore: { gte: 0.4 },
      attritionBand: [4, 5],
      due: true,
      dueOn: { gte: '2026-11-01', lt: '2026-12-01' },
      lastVisitOn: { gte: '2026-08-23' },
      not: { lastVisitOn: { gte: '2026-08-23' } },
      visitedHereOn: { gte: '2026-08-24' },
      ageDecade: [30, 40],
      lineFen: { gte: 1 },
      posVolume12mFen: { gte: 1_000_000, lt: 10_000_000 },
      area: { type: 'Polygon', coordinates: [[...SQUARE, SQUARE[0]]] },
    });
  });

  it('pages forwards with first and backwards with last, never both', () => {
    expect(pageOfAsk(EVERYTHING, 50)).toMatchObject({ first: 50, after: 'abc==', last: null, before: null });
    expect(pageOfAsk({ ...NOTHING_ASKED, before: 'x' }, 50)).toMatchObject({
      first: null,
      after: null,
      last: 50,
      before: 'x',
      orderBy: null,
    });
  });
});

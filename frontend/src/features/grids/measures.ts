import type { MapMeasure } from '@/__generated__/mapMeasure';
import { formatCount, formatPercent, formatWan } from '@/shared/format';

/** What the server counts of a grid, in panels and in the polygons of tiles alike. */
export type GridFigures = Readonly<
  Record<Exclude<MapMeasure, typeof MEDIAN>, number> & Partial<Record<typeof MEDIAN, number | null>>
>;

/** The one figure that a grid may lack: nobody has ever been visited there. */
const MEDIAN = 'medianDaysUnvisited';

/** A step of MapLibre's expression language. */
type Expression = [string, ...unknown[]];

export type Measure = {
  code: MeasureCode;
  /** The unit's key in the catalogue. */
  unit: 'households' | 'wan' | 'percent' | 'days';
  /** Null where a grid has no such figure; its `expression` is `NONE` there. */
  of: (figures: GridFigures) => number | null;
  /** The same from a tile's properties. */
  expression: Expression;
  show: (value: number) => string;
  /** 盲区: cells and doors of the map are shown by visits too. */
  isOfVisits?: true;
  /** The same share of a cell, where cells have it. */
  ofCell?: Expression;
};

/** What an expression gives for a grid without the figure: below every value that is one. */
export const NONE = -1;

/** Figures that say more as a share of the grid's customers are shown as one, under a name of their own. */
const SHARES = { visitedHere90d: 'visitedShare', located: 'locatedShare' } as const;
/** 盲区: of whom, instead, the others are shown. */
const BLIND = {
  visited90d: 'unvisited90Share',
  visited180d: 'unvisited180Share',
  visited365d: 'unvisited365Share',
  visitedEver: 'neverVisitedShare',
} as const;
type Share = keyof typeof SHARES;
type Blind = keyof typeof BLIND;
export type MeasureCode = Exclude<MapMeasure, Share | Blind> | (typeof SHARES)[Share] | (typeof BLIND)[Blind];
type Plain = Exclude<MapMeasure, Share | Blind | typeof MEDIAN>;

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const plain = (code: Plain, unit: Measure['unit'] = 'households', show: Measure['show'] = formatCount): Measure => ({
  code,
  unit,
  of: (figures) => figures[code],
  expression: ['to-number', ['get', code], 0],
  show,
});
const ratio = (part: Share): Measure => ({
  code: SHARES[part],
  unit: 'percent',
  of: (figures) => share(figures[part], figures.customers),
  expression: ['/', ['to-number', ['get', part], 0], ['max', 1, ['to-number', ['get', 'customers'], 0]]],
  show: (value) => formatPercent(value, 0),
});
const unvisited = (part: Blind): Measure => {
  const shareOf = (whole: string): Expression => [
    '-',
    1,
    ['/', ['to-number', ['get', part], 0], ['max', 1, ['to-number', ['get', whole], 0]]],
  ];
  return {
    code: BLIND[part],
    unit: 'percent',
    of: (figures) => share(figures.customers - figures[part], figures.customers),
    // Where nobody lives nobody is missed.
    expression: ['case', ['>', ['to-number', ['get', 'customers'], 0], 0], shareOf('customers'), 0],
    show: (value) => formatPercent(value, 0),
    isOfVisits: true,
    ofCell: shareOf('count'),
  };
};
const median: Measure = {
  code: MEDIAN,
  unit: 'days',
  of: (figures) => figures[MEDIAN] ?? null,
  expression: ['to-number', ['get', MEDIAN], NONE],
  show: formatCount,
  isOfVisits: true,
};

/** How each figure of the contract is shown, in the order of the choice: one that lacks here does not compile. */
const SHOWN: Readonly<Record<MapMeasure, Measure>> = {
  customers: plain('customers'),
  visitedHere90d: ratio('visitedHere90d'),
  visited90d: unvisited('visited90d'),
  visited180d: unvisited('visited180d'),
  visited365d: unvisited('visited365d'),
  visitedEver: unvisited('visitedEver'),
  medianDaysUnvisited: median,
  dueVisits: plain('dueVisits'),
  atRisk: plain('atRisk'),
  keyCustomers: plain('keyCustomers'),
  depositFen: plain('depositFen', 'wan', formatWan),
  loanFen: plain('loanFen', 'wan', formatWan),
  located: ratio('located'),
};
export const MEASURES: readonly Measure[] = Object.values(SHOWN);

/** Sums that are kept of every day; the others are of the newest alone (`domain/performance/kept_days.py`). */
export type FiguresOfDay = Pick<GridFigures, Exclude<keyof GridFigures, Lately>>;
type Lately = 'visited180d' | 'visited365d' | 'visitedEver' | typeof MEDIAN;
const LATELY = { visited180d: 0, visited365d: 0, visitedEver: 0 } as const;
const OF_LATELY: readonly MeasureCode[] = [BLIND.visited180d, BLIND.visited365d, BLIND.visitedEver, MEDIAN];
export const KEPT_MEASURES = MEASURES.filter(({ code }) => !OF_LATELY.includes(code));

/** A kept measure of a day's sums. */
export const ofDay = (measure: Measure, figures: FiguresOfDay): number => measure.of({ ...LATELY, ...figures }) ?? 0;

/** Not one of the server's figures: how many the list's question keeps. */
export const MATCHING = { code: 'matching', unit: 'households', show: formatCount } as const;

/** The measure of a name, as an address has it; customers where there is none of that name. */
export function measureOf(code: string | null): Measure {
  return MEASURES.find((known) => known.code === code) ?? SHOWN.customers;
}

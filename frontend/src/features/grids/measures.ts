import type { MapMeasure } from '@/__generated__/mapMeasure';
import { formatCount, formatPercent, formatWan } from '@/shared/format';

/** What the server counts of a grid, in panels and in the polygons of tiles alike. */
export type GridFigures = Readonly<Record<MapMeasure, number>>;

/** A step of MapLibre's expression language. */
type Expression = [string, ...unknown[]];

export type Measure = {
  code: MeasureCode;
  /** The unit's key in the catalogue. */
  unit: 'households' | 'wan' | 'percent';
  of: (figures: GridFigures) => number;
  /** The same from a tile's properties. */
  expression: Expression;
  show: (value: number) => string;
};

/** Figures that say more as a share of the grid's customers are shown as one, under a name of their own. */
const SHARES = { visited90d: 'visitedShare', located: 'locatedShare' } as const;
type Share = keyof typeof SHARES;
export type MeasureCode = Exclude<MapMeasure, Share> | (typeof SHARES)[Share];

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const plain = (
  code: Exclude<MapMeasure, Share>,
  unit: Measure['unit'] = 'households',
  show: Measure['show'] = formatCount,
): Measure => ({
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

/** How each figure of the contract is shown, in the order of the choice: one that lacks here does not compile. */
const SHOWN: Readonly<Record<MapMeasure, Measure>> = {
  customers: plain('customers'),
  visited90d: ratio('visited90d'),
  dueVisits: plain('dueVisits'),
  atRisk: plain('atRisk'),
  keyCustomers: plain('keyCustomers'),
  depositFen: plain('depositFen', 'wan', formatWan),
  loanFen: plain('loanFen', 'wan', formatWan),
  located: ratio('located'),
};
export const MEASURES: readonly Measure[] = Object.values(SHOWN);

/** Not one of the server's figures: how many the list's question keeps. */
export const MATCHING = { code: 'matching', unit: 'households', show: formatCount } as const;

/** The measure of a name, as an address has it; customers where there is none of that name. */
export function measureOf(code: string | null): Measure {
  return MEASURES.find((known) => known.code === code) ?? SHOWN.customers;
}

import { formatCount, formatPercent, formatWan } from '@/shared/format';

export type GridFigures = {
  customers: number;
  located: number;
  visited90d: number;
  keyCustomers: number;
  depositFen: number;
  loanFen: number;
  dueVisits: number;
  atRisk: number;
};

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

export const MEASURE_CODES = [
  'customers',
  'visitedShare',
  'dueVisits',
  'atRisk',
  'keyCustomers',
  'depositFen',
  'loanFen',
  'locatedShare',
] as const;
export type MeasureCode = (typeof MEASURE_CODES)[number];

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const plain = (code: MeasureCode & keyof GridFigures, unit: Measure['unit'], show: Measure['show']): Measure => ({
  code,
  unit,
  of: (figures) => figures[code],
  expression: ['to-number', ['get', code], 0],
  show,
});
const ratio = (code: MeasureCode, part: keyof GridFigures): Measure => ({
  code,
  unit: 'percent',
  of: (figures) => share(figures[part], figures.customers),
  expression: ['/', ['to-number', ['get', part], 0], ['max', 1, ['to-number', ['get', 'customers'], 0]]],
  show: (value) => formatPercent(value, 0),
});

export const MEASURES: Record<MeasureCode, Measure> = {
  customers: plain('customers', 'households', formatCount),
  keyCustomers: plain('keyCustomers', 'households', formatCount),
  dueVisits: plain('dueVisits', 'households', formatCount),
  atRisk: plain('atRisk', 'households', formatCount),
  depositFen: plain('depositFen', 'wan', formatWan),
  loanFen: plain('loanFen', 'wan', formatWan),
  visitedShare: ratio('visitedShare', 'visited90d'),
  locatedShare: ratio('locatedShare', 'located'),
};

export function measureOf(code: string | null): Measure {
  return MEASURES[MEASURE_CODES.find((known) => known === code) ?? 'customers'];
}

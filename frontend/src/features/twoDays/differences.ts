export type Unit = 'households' | 'wan' | 'percent' | 'days';
type Row = { readonly gridId: string; readonly code: string; readonly name: string; readonly areaM2: number };
/** One grid on one of the days. */
export type Side = Row & { readonly value: number };
export type Difference = {
  code: string;
  name: string;
  then: Side | null;
  now: Side | null;
  /** In the unit of the values, of what is shown of them; null where one of the days has no such grid. */
  change: number | null;
  /** Whether the grid is another piece of ground on the two days. */
  isCutOtherwise: boolean;
};

/** The smallest step that is shown: a tenth of a percent, 0.01 万元, one of what is counted. */
const STEP: Readonly<Record<Unit, number>> = { percent: 0.001, wan: 10_000, households: 1, days: 1 };
/** Areas of one cut differ by rounding at most. */
const SAME_GROUND = 1e-6;

/** As far as it is shown, so that the difference is the one that a reader works out from the two values. */
export const shownValue = (value: number, unit: Unit) => Math.round(value / STEP[unit]);

export function changeOf(then: number, now: number, unit: Unit): number {
  return (shownValue(now, unit) - shownValue(then, unit)) * STEP[unit];
}

function differenceOf(then: Side | null, now: Side | null, unit: Unit): Difference {
  const { code, name } = (now ?? then)!;
  const both = then !== null && now !== null;
  const change = both ? changeOf(then.value, now.value, unit) : null;
  const isCutOtherwise = both && Math.abs(then.areaM2 - now.areaM2) > SAME_GROUND * Math.max(then.areaM2, now.areaM2);
  return { code, name, then, now, change, isCutOtherwise };
}

/** Grids of the two days side by side; those of one code are the same grid, whatever plan they are of. */
export function differencesOf(then: readonly Side[], now: readonly Side[], unit: Unit): Difference[] {
  const before = new Map(then.map((one) => [one.code, one]));
  const after = new Set(now.map(({ code }) => code));
  return [
    ...now.map((one) => differenceOf(before.get(one.code) ?? null, one, unit)),
    ...then.filter(({ code }) => !after.has(code)).map((one) => differenceOf(one, null, unit)),
  ];
}

export type Order = 'fallen' | 'risen';

/** What changed most comes first, what cannot be compared last. */
export function inOrder(all: readonly Difference[], order: Order): Difference[] {
  const sign = order === 'fallen' ? 1 : -1;
  return [...all].sort((one, other) => {
    if (one.change === null || other.change === null)
      return Number(one.change === null) - Number(other.change === null);
    return sign * (one.change - other.change) || (one.code < other.code ? -1 : 1);
  });
}

/** Month-ends as they are drawn: every month from the first kept one to the last that is over, whatever was left out. Pure. */

export type MonthEnd = {
  readonly monthOn: string;
  /** Null before the first file of its feed: unknown, which is not nothing. */
  readonly depositFen: number | null | undefined;
  readonly loanFen: number | null | undefined;
  readonly posVolumeFen: number | null | undefined;
};
export type Figure = 'depositFen' | 'loanFen' | 'posVolumeFen';

const DAY_MS = 86_400_000;
const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** The last day of a month, counted in months from the month of `day`: 0 is its own, -1 the one before. */
export function monthEnd(day: string, months = 0): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return dayOf(Date.UTC(year, month + months, 1) - DAY_MS);
}

/** The newest month-end that is over on a data date. */
export function lastMonthEnd(dataDate: string): string {
  return monthEnd(dataDate) === dataDate ? dataDate : monthEnd(dataDate, -1);
}

/** A month-end at which there was nothing is no row: here it is zeros, so that a line falls to the ground instead of being
 * cut; but null for a figure that no earlier row knows. */
export function everyMonth(kept: readonly MonthEnd[], dataDate: string): MonthEnd[] {
  const first = kept[0]?.monthOn;
  if (first === undefined) return [];
  const byMonth = new Map(kept.map((month) => [month.monthOn, month]));
  const newest = kept[kept.length - 1]!.monthOn;
  const last = newest > lastMonthEnd(dataDate) ? newest : lastMonthEnd(dataDate);
  const nothing = (figure: Figure, day: string): number | null =>
    kept.some((month) => month.monthOn < day && (month[figure] ?? null) !== null) ? 0 : null;
  const months: MonthEnd[] = [];
  for (let day = first; day <= last; day = monthEnd(day, 1))
    months.push(
      byMonth.get(day) ?? {
        monthOn: day,
        depositFen: nothing('depositFen', day),
        loanFen: nothing('loanFen', day),
        posVolumeFen: nothing('posVolumeFen', day),
      },
    );
  return months;
}

/** The months at which a figure is known, with the figure: its curve begins there. */
export function knownMonths(months: readonly MonthEnd[], figure: Figure): { monthOn: string; fen: number }[] {
  return months.flatMap(({ monthOn, [figure]: fen }) => (fen === null || fen === undefined ? [] : [{ monthOn, fen }]));
}

/** 2026-10-31 is 2026-10. */
export const monthName = (monthOn: string): string => monthOn.slice(0, 7);

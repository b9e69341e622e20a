/** A day, and whether the plan in force was in force then. */
export type Kept = { readonly day: string; readonly plan?: string | null; readonly planIsInForce: boolean };

const DAYS_OF = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();
const two = (value: number) => String(value).padStart(2, '0');

export function isMonthEnd(day: string): boolean {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return date === DAYS_OF(year, month);
}

/** The same day of the month before; from a month's last day to a month's last day. */
export function monthBefore(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const [y, m] = month === 1 ? [year - 1, 12] : [year, month - 1];
  const last = DAYS_OF(y, m);
  return `${y}-${two(m)}-${two(isMonthEnd(day) ? last : Math.min(date, last))}`;
}

/** The newest kept day up to this one, else the oldest; of days that run from the newest to the oldest. */
export function keptUpTo(days: readonly Kept[], day: string): Kept | undefined {
  return days.find((one) => one.day <= day) ?? days[days.length - 1];
}

/** Which two days an address compares: without a later one the newest, without an earlier one a month before that. */
export function daysAsked(
  days: readonly Kept[],
  then: string | null,
  now: string | null,
): { then: Kept; now: Kept } | null {
  const later = now === null ? days[0] : keptUpTo(days, now);
  if (!later || days.length < 2) return null;
  const isDay = then !== null && /^\d{4}-\d\d-\d\d$/.test(then);
  const others = days.filter(({ day }) => day !== later.day);
  const earlier = keptUpTo(others, isDay ? then : monthBefore(later.day));
  return earlier ? { then: earlier, now: later } : null;
}

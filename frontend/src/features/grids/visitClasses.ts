import { addDays } from '@/shared/format';
import { LONG_AGO } from '@/shared/longAgo';

/** 盲区: how many days ago the last visit was, from and to before; tiles have the place in this list (`visitClass`). */
export const VISIT_CLASSES = [
  { code: 'within90', from: 0, before: 90 },
  { code: 'from90', from: 90, before: 180 },
  { code: 'from180', from: 180, before: 365 },
  { code: 'from365', from: 365, before: null },
  { code: 'never', from: null, before: null },
] as const;
export type VisitClass = (typeof VISIT_CLASSES)[number];

/** The day from which on somebody of so many days or more has not been visited; days end with the data date. */
export const unvisitedSince = (dataDate: string, days: number) => addDays(dataDate, 1 - days);

/** Of a measure of blind spots, the list's question for whom it counts; null where it counts nobody. */
export function listOfBlindSpot(measure: string, dataDate: string): string | null {
  const days = { unvisited90Share: 90, unvisited180Share: 180, unvisited365Share: 365 }[measure];
  if (days !== undefined) return `unvisitedFrom=${unvisitedSince(dataDate, days)}`;
  return measure === 'neverVisitedShare' ? `unvisitedFrom=${LONG_AGO}` : null;
}

/** The list's question that keeps the customers of a class. */
export function listOfClass({ code, from, before }: VisitClass, dataDate: string): string {
  if (code === 'never') return `unvisitedFrom=${LONG_AGO}`;
  const visitedFrom = before === null ? LONG_AGO : unvisitedSince(dataDate, before);
  const unvisited = from === 0 ? '' : `&unvisitedFrom=${unvisitedSince(dataDate, from)}`;
  return `visitedFrom=${visitedFrom}${unvisited}`;
}

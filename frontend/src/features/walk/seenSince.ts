/** The day of the last visit if it lies on the day of a walk or after it: the stop is done, also on a later day. */
export function seenSince(lastVisitOn: string | null | undefined, walkOn: string): string | null {
  return lastVisitOn != null && lastVisitOn >= walkOn ? lastVisitOn : null;
}

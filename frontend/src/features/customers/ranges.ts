/** Half-open: from `gte` up to but not including `lt`. */
type Range<Value> = { gte?: Value; lt?: Value };

/** The contract's range; nothing where neither end is asked. */
export function rangeOf<Value>(from: Value | null, to: Value | null): Range<Value> | undefined {
  if (from === null && to === null) return undefined;
  return { ...(from !== null && { gte: from }), ...(to !== null && { lt: to }) };
}

/** Per cent as a share of one. */
export const shareOf = (percent: number | null) => (percent === null ? null : percent / 100);

/** Rounds to two significant digits, so that a legend reads 1,200 and not 1,187. */
function rounded(value: number): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return Math.round(value / unit) * unit;
}

/**
 * Thresholds between classes that hold about equally many values (quantiles, rounded).
 * n thresholds make n + 1 classes; equal neighbours fall together, so there may be fewer than asked.
 */
export function classBreaks(values: readonly number[], classes: number): number[] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const breaks = new Set<number>();
  for (let i = 1; i < classes; i += 1) {
    const position = (sorted.length - 1) * (i / classes);
    const low = sorted[Math.floor(position)]!;
    const high = sorted[Math.ceil(position)]!;
    const value = Number(rounded(low + (high - low) * (position - Math.floor(position))).toPrecision(12));
    if (value > sorted[0]! && value <= sorted[sorted.length - 1]!) breaks.add(value);
  }
  return [...breaks].sort((a, b) => a - b);
}

/** Rounds to two significant digits, so that a legend reads 1,200 and not 1,187. */
function rounded(value: number): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return Math.round(value / unit) * unit;
}

export type Classing = 'quantile' | 'fixed';

/** Thresholds of equally wide classes from zero on, the width a 1, 2 or 5 with zeros: at most as many as asked. */
export function fixedBreaks(values: readonly number[], classes: number): number[] {
  const highest = Math.max(0, ...values.filter(Number.isFinite));
  if (highest === 0) return [];
  const least = highest / classes;
  const unit = 10 ** Math.floor(Math.log10(least));
  const width = unit * [1, 2, 5, 10].find((step) => step * unit >= least * (1 - 1e-9))!;
  const count = Math.ceil(highest / width - 1e-9) - 1;
  return Array.from({ length: Math.max(0, count) }, (_, at) => Number(((at + 1) * width).toPrecision(12)));
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
  if (breaks.size === 0) return aboveTheLowest(sorted, classes);
  return [...breaks].sort((a, b) => a - b);
}

/** Where most are alike (a few grids of many have anything at all), those that differ are classes of their own. */
function aboveTheLowest(sorted: readonly number[], classes: number): number[] {
  const others = sorted.filter((value) => value > sorted[0]!);
  return others.length === 0 ? [] : [others[0]!, ...classBreaks(others, classes - 1)];
}

import type { Kept } from './days';
import type { Unit } from './differences';

/** What of a measure this page asks. */
export type MeasureOfDays = { code: string; unit: Unit; show: (value: number) => string };
export type Compared = { measure: MeasureOfDays; then: Kept; now: Kept };

import type { ReactNode } from 'react';

export type WizardStep<Values> = {
  name: string;
  title: string;
  /** False where earlier answers make the step needless. */
  isNeeded?: (values: Values) => boolean;
  /** Why the step cannot be left, as a sentence; null when it can. */
  hindrance?: (values: Values) => string | null;
  fields: (values: Values, change: (part: Partial<Values>) => void) => ReactNode;
};

export const neededSteps = <Values>(steps: readonly WizardStep<Values>[], values: Values) =>
  steps.filter(({ isNeeded }) => isNeeded?.(values) ?? true);

/**
 * Where one stands among the needed steps. A draft may name a step that newer pages or other answers have taken away,
 * or one behind a step that has become incomplete: then one stands at the first that is not done.
 */
export function standingAt<Values>(needed: readonly WizardStep<Values>[], values: Values, name: string | null): number {
  const named = needed.findIndex((step) => step.name === name);
  const undone = needed.findIndex((step) => (step.hindrance?.(values) ?? null) !== null);
  const last = needed.length - 1;
  return Math.min(Math.max(named, 0), undone < 0 ? last : undone);
}

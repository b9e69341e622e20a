import { classBreaks, type Classing, fixedBreaks } from '@/shared/classes';
import { colourRamp } from '@/shared/colours';
import { countExpression, type Matching } from './matching';
import type { GridFigures, Measure } from './measures';
import { VISIT_CLASSES } from './visitClasses';

const CLASSES = 6;
const LIGHTEST = '#eaf2ee';
const DARKEST = '#15566f';
/** Of a grid where nobody has ever been: no step of the ramp. */
export const LACKING = '#c8c2b8';

type Shown = readonly { readonly id: string; readonly statistics: GridFigures }[];

/** The classes of some values and their colours, from the lowest to the highest. */
export function classesOf(values: readonly number[], classing: Classing) {
  const breaks = (classing === 'fixed' ? fixedBreaks : classBreaks)(values, CLASSES);
  return { breaks, colours: colourRamp(LIGHTEST, DARKEST, breaks.length + 1) };
}

/** Which colours the grids have, and what of the customers is shown; `counts` is of the list's question. */
export function colouringOf(shown: Shown, measure: Measure, counts: Matching['counts'] | null, classing: Classing) {
  const values = shown.map(({ id, statistics }) => (counts ? (counts.get(id) ?? 0) : measure.of(statistics)));
  const known = values.filter((one) => one !== null);
  const { breaks, colours: ramp } = classesOf(known, classing);
  // Nobody of the question is in any of them, as where it asks for a list: that is little, not much.
  const colours = counts && known.every((one) => one === 0) ? [LIGHTEST] : ramp;
  const value = counts ? countExpression(counts) : measure.expression;
  const isOfVisits = counts === null && measure.isOfVisits === true;
  const visits = isOfVisits
    ? { ofCell: measure.ofCell ?? null, classes: colourRamp(LIGHTEST, DARKEST, VISIT_CLASSES.length) }
    : null;
  // Grids that lack the figure are a class of their own, below all others.
  return known.length < values.length
    ? { value, breaks: [0, ...breaks], colours: [LACKING, ...colours], visits, isLacking: true }
    : { value, breaks, colours, visits, isLacking: false };
}

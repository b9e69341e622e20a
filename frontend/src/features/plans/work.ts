import type { Effect } from './effect';
import { type Grid, holderOf, type Model, type Person, smallGrids } from './model';

const FULL_TIME = 100;

/** Minutes a month of somebody who holds grids that give or get atoms, over all his grids of the outlet. */
export type PersonsWork = { readonly person: Person; readonly before: number; readonly after: number };

/** Heaviest to lightest by full-time post; null where somebody has none beside others who have. */
type Evenness = { readonly before: number | null; readonly after: number | null };

export type OutletsWork = Evenness & {
  readonly code: string;
  readonly outlet: string;
  readonly people: readonly PersonsWork[];
};

export const byFullTime = (minutes: number, { fullTimePercent }: Person) => (minutes * FULL_TIME) / fullTimePercent;

/** What an effect does to people's work and to how even it is, by the outlets that it touches, the taker's first. */
export function workOf(model: Model, effect: Effect): OutletsWork[] {
  const sides = [...(effect.to ? [effect.to] : []), ...effect.from];
  const after = new Map(sides.map((side) => [side.code, side.after.minutes]));
  const touched = sides.flatMap(({ code }) => model.grids.get(code) ?? []);
  const outlets = [...new Map(touched.map(({ outletCode, outlet }) => [outletCode, outlet]))];
  const concerned = new Set(touched.map((grid) => holderOf(grid)?.number));
  return outlets.map(([code, outlet]) => {
    const people = peopleOf(
      smallGrids(model).filter((grid) => grid.outletCode === code),
      after,
    );
    return {
      code,
      outlet,
      people: people.filter(({ person }) => concerned.has(person.number)),
      before: evenness(people.map(({ person, before }) => byFullTime(before, person))),
      after: evenness(people.map((one) => byFullTime(one.after, one.person))),
    };
  });
}

function peopleOf(grids: readonly Grid[], after: ReadonlyMap<string, number>): PersonsWork[] {
  const found = new Map<string, PersonsWork>();
  for (const grid of grids) {
    const person = holderOf(grid);
    if (!person) continue;
    const soFar = found.get(person.number) ?? { person, before: 0, after: 0 };
    const { minutes } = grid.figures;
    found.set(person.number, {
      person,
      before: soFar.before + minutes,
      after: soFar.after + (after.get(grid.code) ?? minutes),
    });
  }
  return [...found.values()].sort((one, other) => one.person.number.localeCompare(other.person.number));
}

/** One person, or no work at all, is even. */
export function evenness(loads: readonly number[]): number | null {
  const [most, least] = [Math.max(0, ...loads), Math.min(...loads)];
  if (loads.length < 2 || most === 0) return 1;
  return least > 0 ? most / least : null;
}

import type { Bounds } from '@/shared/map/geometry';
import { type Atom, type Model, smallGrids } from './model';
import type { Mark, PlanLabel } from './planStyle';
import { type Shading, shadesOf } from './shades';

type Seen = {
  shading: Shading;
  chosen: ReadonlySet<string>;
  /** The grid over which something is dragged. */
  target: string | null;
  locked: ReadonlySet<string>;
};

/** Whether another plan works the ground today; of a bank's first plan nothing is other than before. */
export function standsBesideAnother({ atoms }: Model): boolean {
  return [...atoms.values()].some(({ nowGridCode }) => nowGridCode !== null);
}

/** How each atom looks. */
export function marksOf(model: Model, { shading, chosen, target, locked }: Seen): Map<string, Mark> {
  const shades = shadesOf(model, shading);
  const hasNow = standsBesideAnother(model);
  return new Map(
    [...model.atoms.values()].map(({ id, code, gridCode, nowGridCode }) => [
      id,
      {
        colour: shades.get(id)!,
        isMoved: shading !== 'NOW' && hasNow && gridCode !== nowGridCode,
        isChosen: chosen.has(id),
        isTarget: target !== null && gridCode === target,
        isLocked: locked.has(`atom ${code}`) || (gridCode !== null && locked.has(`grid ${gridCode}`)),
      },
    ]),
  );
}

/** The name of each small grid in the middle of its customers; the busiest first where there is no room for all. */
export function labelsOf(model: Model): PlanLabel[] {
  const parts = new Map<string, Atom[]>();
  for (const atom of model.atoms.values()) {
    if (atom.gridCode !== null) parts.set(atom.gridCode, [...(parts.get(atom.gridCode) ?? []), atom]);
  }
  return smallGrids(model).flatMap(({ code, name, figures }) => {
    const atoms = parts.get(code) ?? [];
    if (atoms.length === 0) return [];
    const middle = (of: (atom: Atom) => number) => atoms.reduce((sum, atom) => sum + of(atom), 0) / atoms.length;
    return [{ name, at: [middle(({ lonDeg }) => lonDeg), middle(({ latDeg }) => latDeg)], rank: -figures.customers }];
  });
}

/** The box around some atoms: around their middles, and as far beyond as it is half the way to a neighbour. Null of none. */
export function boundsOfAtoms(model: Model, atoms: Iterable<Atom>): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { lonDeg, latDeg, neighbourIds } of atoms) {
    let [acrossDeg, upDeg] = [0, 0];
    for (const id of neighbourIds) {
      const beside = model.atoms.get(id);
      if (!beside) continue;
      acrossDeg = Math.max(acrossDeg, Math.abs(beside.lonDeg - lonDeg) / 2);
      upDeg = Math.max(upDeg, Math.abs(beside.latDeg - latDeg) / 2);
    }
    west = Math.min(west, lonDeg - acrossDeg);
    south = Math.min(south, latDeg - upDeg);
    east = Math.max(east, lonDeg + acrossDeg);
    north = Math.max(north, latDeg + upDeg);
  }
  return west <= east ? [west, south, east, north] : null;
}

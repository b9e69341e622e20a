import { added, type Atom, atomsOf, type Figures, holderOf, type Model, NONE, piecesOf } from './model';

export type Side = {
  readonly code: string;
  readonly before: Figures;
  readonly after: Figures;
  readonly pieces: number;
  readonly atoms: number;
};

export type Effect = {
  readonly moved: readonly string[];
  /** The grids that give atoms, the largest gift first. */
  readonly from: readonly Side[];
  /** The grid that gets them; null where they are taken out of all grids. */
  readonly to: Side | null;
  /** Customers whose atoms another member of staff would work than works them now, and those of another outlet. */
  readonly changesHands: number;
  readonly changesOutlet: number;
  /** Atoms of the whole draft without a grid, afterwards. */
  readonly gaps: number;
  /** Towns over which the taker would lie and does not now; no more than one is no matter. */
  readonly newTowns: readonly string[];
  /** Grids go that lose their last atom. */
  readonly emptied: readonly string[];
  /** Minutes are those of the way from the outlet of today; at another outlet they will be others. */
  readonly minutesAreRough: boolean;
};

/** What it would mean to give atoms to a grid, worked out of what the page holds: no question to the server. */
export function effectOf(model: Model, ids: Iterable<string>, target: string | null): Effect {
  const moved = [...ids].filter((id) => model.atoms.has(id) && model.atoms.get(id)!.gridCode !== target);
  const going = new Set(moved);
  const members = new Map<string | null, Atom[]>();
  for (const atom of model.atoms.values()) {
    const grid = going.has(atom.id) ? target : atom.gridCode;
    const list = members.get(grid);
    if (list) list.push(atom);
    else members.set(grid, [atom]);
  }
  const side = (code: string): Side => {
    const now = members.get(code) ?? [];
    return {
      code,
      before: model.grids.get(code)?.figures ?? NONE,
      after: added(now.map(({ figures }) => figures)),
      pieces: piecesOf(
        now.map(({ id }) => id),
        model,
      ).length,
      atoms: now.length,
    };
  };
  const gifts = new Map<string, number>();
  let [changesHands, changesOutlet] = [0, 0];
  const taker = target === null ? undefined : model.grids.get(target);
  for (const id of moved) {
    const { gridCode, nowGridCode, nowStaffNumber, nowOutletCode, figures } = model.atoms.get(id)!;
    if (gridCode !== null) gifts.set(gridCode, (gifts.get(gridCode) ?? 0) + figures.customers);
    if (!taker || nowGridCode === null) continue;
    if ((holderOf(taker)?.number ?? null) !== nowStaffNumber) changesHands += figures.customers;
    if (taker.outletCode !== nowOutletCode) changesOutlet += figures.customers;
  }
  const towns = new Set((taker ? (members.get(taker.code) ?? []) : []).map(({ town }) => town));
  const had = new Set(atomsOf(model, target).map(({ town }) => town));
  const from = [...gifts].sort((one, other) => other[1] - one[1]).map(([code]) => side(code));
  return {
    moved,
    from,
    to: taker ? side(taker.code) : null,
    changesHands,
    changesOutlet,
    gaps: members.get(null)?.length ?? 0,
    newTowns: towns.size > 1 ? [...towns].filter((town) => !had.has(town)) : [],
    emptied: from.filter(({ atoms }) => atoms === 0).map(({ code }) => code),
    minutesAreRough:
      taker !== undefined && from.some(({ code }) => model.grids.get(code)?.outletCode !== taker.outletCode),
  };
}

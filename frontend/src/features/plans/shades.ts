import { type Atom, holderOf, type Model } from './model';

/** What the atoms are coloured by. */
export const SHADINGS = ['GRID', 'NOW', 'OUTLET', 'HOLDER', 'MINUTES'] as const;
export type Shading = (typeof SHADINGS)[number];

/** Soft colours that stay apart from each other and from what is marked on them. */
const SHADES = ['#bcd9e4', '#d9e3b4', '#ecd5c0', '#d6cde8', '#c2e0d2', '#ead9a4', '#e6c8d3', '#c9d3dc'];
/** Work from little to much. */
export const STEPS = ['#e9f1f4', '#c4dbe4', '#97bfce', '#639db4', '#2f7896'];
export const NO_GRID = '#ffffff';

function groupOf(atom: Atom, model: Model, shading: Shading): string | null {
  const grid = atom.gridCode === null ? undefined : model.grids.get(atom.gridCode);
  if (shading === 'NOW') return atom.nowGridCode;
  if (shading === 'OUTLET') return grid?.outletCode ?? null;
  if (shading === 'HOLDER') return holderOf(grid)?.number ?? null;
  return atom.gridCode;
}

/** A colour for each group such that groups that touch have different ones, as far as the colours go. */
export function coloursApart(touching: ReadonlyMap<string, ReadonlySet<string>>): Map<string, string> {
  const found = new Map<string, number>();
  for (const group of [...touching.keys()].sort()) {
    const taken = [...touching.get(group)!].flatMap((other) => found.get(other) ?? []);
    const counts = SHADES.map((_, shade) => taken.filter((one) => one === shade).length);
    // Spread over all colours, so that what lies two grids away is seldom of the same one.
    const first = found.size % SHADES.length;
    let best = first;
    for (let step = 0; step < SHADES.length; step += 1) {
      const shade = (first + step) % SHADES.length;
      if (counts[shade]! < counts[best]!) best = shade;
    }
    found.set(group, best);
  }
  return new Map([...found].map(([group, shade]) => [group, SHADES[shade]!]));
}

/** The colour of each atom. */
export function shadesOf(model: Model, shading: Shading): Map<string, string> {
  if (shading === 'MINUTES') return shadesOfWork(model);
  const groups = new Map([...model.atoms.values()].map((atom) => [atom.id, groupOf(atom, model, shading)]));
  const touching = new Map<string, Set<string>>();
  for (const atom of model.atoms.values()) {
    const group = groups.get(atom.id) ?? null;
    if (group === null) continue;
    const others = touching.get(group) ?? new Set<string>();
    touching.set(group, others);
    for (const id of atom.neighbourIds) {
      const other = groups.get(id) ?? null;
      if (other !== null && other !== group) others.add(other);
    }
  }
  const colours = coloursApart(touching);
  return new Map([...groups].map(([id, group]) => [id, group === null ? NO_GRID : colours.get(group)!]));
}

function shadesOfWork(model: Model): Map<string, string> {
  const most = Math.max(
    1,
    ...[...model.grids.values()].map(({ level, figures }) => (level === 'SMALL' ? figures.minutes : 0)),
  );
  const shade = ({ gridCode }: Atom) => {
    const minutes = gridCode === null ? null : (model.grids.get(gridCode)?.figures.minutes ?? 0);
    return minutes === null ? NO_GRID : STEPS[Math.min(STEPS.length - 1, Math.floor((minutes / most) * STEPS.length))]!;
  };
  return new Map([...model.atoms.values()].map((atom) => [atom.id, shade(atom)]));
}

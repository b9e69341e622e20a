import type { Position } from '@/shared/map/geometry';

/** What an atom or a grid would mean; sums of atoms, so they can be added up while somebody drags. */
export type Figures = {
  readonly customers: number;
  readonly keyCustomers: number;
  readonly households: number;
  readonly merchants: number;
  readonly minutes: number;
};

export type Atom = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly village: string;
  readonly town: string;
  readonly townCode: string;
  readonly gridCode: string | null;
  readonly lonDeg: number;
  readonly latDeg: number;
  /** Under the plan in force. */
  readonly nowGridCode: string | null;
  readonly nowOutletCode: string | null;
  readonly nowStaffNumber: string | null;
  readonly neighbourIds: readonly string[];
  readonly figures: Figures;
};

/** The percents are of full time. */
export type Person = { readonly number: string; readonly name: string; readonly fullTimePercent: number };

export type Grid = {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly parentCode: string | null;
  readonly outletCode: string;
  readonly outlet: string;
  readonly atoms: number;
  readonly a: Person | null;
  readonly b: Person | null;
  readonly figures: Figures & { readonly changesHands: number };
};

/** A draft as the page holds it. */
export type Model = { readonly atoms: ReadonlyMap<string, Atom>; readonly grids: ReadonlyMap<string, Grid> };

export const NONE: Figures = { customers: 0, keyCustomers: 0, households: 0, merchants: 0, minutes: 0 };

/** What an answer leaves out where there is nothing. */
type Loose<Row> = { readonly [Name in keyof Row]: null extends Row[Name] ? Row[Name] | undefined : Row[Name] };

export function modelOf(atoms: readonly Loose<Atom>[], grids: readonly Loose<Grid>[]): Model {
  return {
    atoms: new Map(
      atoms.map((atom) => [
        atom.id,
        {
          ...atom,
          gridCode: atom.gridCode ?? null,
          nowGridCode: atom.nowGridCode ?? null,
          nowOutletCode: atom.nowOutletCode ?? null,
          nowStaffNumber: atom.nowStaffNumber ?? null,
        },
      ]),
    ),
    grids: new Map(
      grids.map((grid) => [
        grid.code,
        { ...grid, parentCode: grid.parentCode ?? null, a: grid.a ?? null, b: grid.b ?? null },
      ]),
    ),
  };
}

/** Who works a grid: A, or B where nobody is on A. */
export const holderOf = (grid: Grid | undefined): Person | null => grid?.a ?? grid?.b ?? null;

export const positionOf = (atom: Atom): Position => [atom.lonDeg, atom.latDeg];

export function added(all: Iterable<Figures>): Figures {
  const sum = { ...NONE };
  for (const one of all) {
    sum.customers += one.customers;
    sum.keyCustomers += one.keyCustomers;
    sum.households += one.households;
    sum.merchants += one.merchants;
    sum.minutes += one.minutes;
  }
  return sum;
}

/** The draft as a proposal would have it, with what it is now in the place of the plan in force: so the map says what moves. */
export function withMoves(model: Model, moves: Readonly<Record<string, string>>): Model {
  const atoms = [...model.atoms].map(([id, atom]): [string, Atom] => [
    id,
    { ...atom, gridCode: moves[id.slice(id.indexOf(':') + 1)] ?? atom.gridCode, nowGridCode: atom.gridCode },
  ]);
  return { ...model, atoms: new Map(atoms) };
}

export const atomsOf = (model: Model, code: string | null): Atom[] =>
  [...model.atoms.values()].filter((atom) => atom.gridCode === code);

export const smallGrids = (model: Model): Grid[] => [...model.grids.values()].filter(({ level }) => level === 'SMALL');

/** Sets of atoms that hang together: a shared border counts, a corner does not. */
export function piecesOf(ids: Iterable<string>, model: Model): string[][] {
  const left = new Set(ids);
  const found: string[][] = [];
  for (const start of left) {
    left.delete(start);
    const piece = [start];
    for (const id of piece) {
      for (const other of model.atoms.get(id)?.neighbourIds ?? []) {
        if (left.delete(other)) piece.push(other);
      }
    }
    found.push(piece);
  }
  return found;
}

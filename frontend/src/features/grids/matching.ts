import type { Position } from '@/shared/map/geometry';

/** So many are drawn one by one; of more the grids alone are coloured, which the map says. */
export const MOST_DOTS = 500;

/** Whom the list's question keeps, for the map. */
export type Matching = {
  /** The question as the list's address has it. */
  list: string;
  /** By the grid's id, small and large. */
  counts: ReadonlyMap<string, number>;
  total: number;
  /** Empty where they are too many to be drawn one by one (`isWhole` is false). */
  dots: readonly { at: Position; properties: { id: string; tier: string } }[];
  isWhole: boolean;
};

/** How many of a tile's grid match, in MapLibre's language. */
export function countExpression(counts: Matching['counts']): unknown {
  return counts.size === 0 ? ['literal', 0] : ['match', ['get', 'id'], ...[...counts].flat(), 0];
}

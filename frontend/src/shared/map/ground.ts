import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { tokens } from '../tokens';

/** What the bank has brought of the ground: water and roads, each with whose map it is and of which day. */
export type Ground = readonly { readonly layer: string; readonly source: string; readonly asOf: string }[];

export const groundTiles = (origin: string, version: string) => `${origin}/tiles/${version}/ground/{z}/{x}/{y}.mvt`;

/** Both are nothing where the bank has brought nothing: then nobody asks for tiles. */
export function groundSource(origin: string, version: string, hasGround: boolean): Record<string, SourceSpecification> {
  if (!hasGround) return {};
  return { ground: { type: 'vector', tiles: [groundTiles(origin, version)], minzoom: 6, maxzoom: 15 } };
}

const rank: ExpressionSpecification = ['get', 'rank'];
const isArea: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon'];
const isLine: ExpressionSpecification = ['!=', ['geometry-type'], 'Polygon'];
/** Twice as wide where it matters; wider from near. */
const width = (most: number): ExpressionSpecification => [
  'interpolate',
  ['linear'],
  ['zoom'],
  7,
  ['/', 1, rank],
  13,
  ['/', most, rank],
  16,
  ['/', most * 2, ['max', 1, ['-', rank, 1]]],
];

/** Beneath the grids: lakes, rivers, roads. */
export function groundLayers(hasGround: boolean): LayerSpecification[] {
  if (!hasGround) return [];
  const of = (layer: 'water' | 'roads') => ({ source: 'ground', 'source-layer': layer }) as const;
  const round = { 'line-join': 'round', 'line-cap': 'round' } as const;
  return [
    { ...of('water'), id: 'ground-water', type: 'fill', filter: isArea, paint: { 'fill-color': tokens.mapWater } },
    {
      ...of('water'),
      id: 'ground-rivers',
      type: 'line',
      filter: isLine,
      layout: round,
      paint: { 'line-color': tokens.mapWater, 'line-width': width(4) },
    },
    {
      ...of('roads'),
      id: 'ground-roads',
      type: 'line',
      filter: isLine,
      layout: round,
      paint: { 'line-color': tokens.mapRoad, 'line-width': width(3) },
    },
    { ...of('roads'), id: 'ground-surfaces', type: 'fill', filter: isArea, paint: { 'fill-color': tokens.mapRoad } },
  ];
}

/** Names of rivers and roads along their lines, of lakes in their middle; tiles have them from near alone. */
export function groundNames(hasGround: boolean): LayerSpecification[] {
  if (!hasGround) return [];
  return (['water', 'roads'] as const).flatMap((layer) =>
    ([true, false] as const).map((ofAreas) => ({
      id: `ground-${layer}-${ofAreas ? 'area' : 'line'}-names`,
      type: 'symbol' as const,
      source: 'ground',
      'source-layer': layer,
      filter: ofAreas ? isArea : isLine,
      layout: {
        'text-field': ['get', 'name'] as ExpressionSpecification,
        'text-size': 11,
        'symbol-placement': ofAreas ? ('point' as const) : ('line' as const),
        'symbol-spacing': 320,
        'text-padding': 12,
        'symbol-sort-key': rank,
      },
      paint: {
        'text-color': layer === 'water' ? tokens.mapWaterInk : tokens.mapRoadInk,
        'text-halo-color': 'rgb(255 255 255 / 85%)',
        'text-halo-width': 1.4,
      },
    })),
  );
}

import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl';
import type { Position } from '@/shared/map/geometry';
import { bareId, gridTiles } from '@/shared/map/mapStyle';
import { tokens } from '@/shared/tokens';

export const ATOMS = { source: 'atoms', sourceLayer: 'atoms' } as const;

/** What the page knows of each atom and the tiles do not: which colour, and what is done with it just now. */
export type Mark = { colour: string; isMoved: boolean; isChosen: boolean; isTarget: boolean; isLocked: boolean };

/** The name of a grid where it is written; lower ranks have the room first. */
export type PlanLabel = { name: string; at: Position; rank: number };

const state = (name: keyof Mark): ExpressionSpecification => ['boolean', ['feature-state', name], false];
const when = (name: keyof Mark, value: number): ExpressionSpecification => ['case', state(name), value, 0];

/** Atoms of a draft in their colours, today's limits over them. Shapes come from tiles, all else from the page. */
export function planStyle(origin: string, tileVersion: string, planId: string): StyleSpecification {
  const atoms = `${origin}/tiles/plans/${bareId(planId)}/{z}/{x}/{y}.mvt`;
  const outline = (id: string, mark: keyof Mark, colour: string, width: number, dashes?: number[]) => ({
    id,
    type: 'line' as const,
    source: 'atoms',
    'source-layer': 'atoms',
    layout: { 'line-join': 'round' as const },
    paint: {
      'line-color': colour,
      'line-width': width,
      'line-opacity': when(mark, 1),
      ...(dashes ? { 'line-dasharray': dashes } : {}),
    },
  });
  return {
    version: 8,
    sources: {
      atoms: { type: 'vector', tiles: [atoms], minzoom: 0, maxzoom: 14, promoteId: { atoms: 'id' } },
      now: { type: 'vector', tiles: [gridTiles(origin, tileVersion, 'SMALL')], minzoom: 0, maxzoom: 14 },
      labels: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': tokens.mapLand } },
      {
        id: 'atom-fill',
        type: 'fill',
        source: 'atoms',
        'source-layer': 'atoms',
        paint: {
          'fill-color': ['to-color', ['feature-state', 'colour'], tokens.mapLand],
          'fill-antialias': false,
        },
      },
      {
        id: 'atom-target',
        type: 'fill',
        source: 'atoms',
        'source-layer': 'atoms',
        paint: { 'fill-color': tokens.accent, 'fill-opacity': when('isTarget', 0.35) },
      },
      {
        id: 'atom-line',
        type: 'line',
        source: 'atoms',
        'source-layer': 'atoms',
        paint: { 'line-color': '#ffffff', 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.3, 13, 1] },
      },
      {
        id: 'now-line',
        type: 'line',
        source: 'now',
        'source-layer': 'grids',
        paint: {
          'line-color': tokens.inkSoft,
          'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.8, 13, 1.8],
          'line-dasharray': [3, 2],
        },
      },
      outline('atom-moved', 'isMoved', tokens.waiting, 1.8),
      outline('atom-locked', 'isLocked', tokens.inkSoft, 3, [1, 1]),
      outline('atom-chosen', 'isChosen', tokens.mapSelected, 3),
      {
        id: 'grid-label',
        type: 'symbol',
        source: 'labels',
        layout: {
          'text-field': ['get', 'name'],
          'text-size': ['interpolate', ['linear'], ['zoom'], 9, 11, 13, 14],
          'text-padding': 6,
          'text-max-width': 8,
          'symbol-sort-key': ['get', 'rank'],
        },
        paint: { 'text-color': tokens.ink, 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
      },
    ],
  };
}

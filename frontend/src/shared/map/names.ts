import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import { tokens } from '../tokens';

/** The picture that stands for an outlet; made here, for there is no server of pictures. */
export const OUTLET_MARK = 'outlet-mark';
const OUTLET_NAMES_FROM_ZOOM = 9.5;
const SIDE = 20;
const EDGE = 3;

/** A square with a white edge, `SIDE` pixels wide: customers are round. */
export function outletMark(): { width: number; height: number; data: Uint8ClampedArray } {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(tokens.ink.slice(at, at + 2), 16)) as Rgb;
  const data = new Uint8ClampedArray(SIDE * SIDE * 4);
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      const isEdge = Math.min(row, column, SIDE - 1 - row, SIDE - 1 - column) < EDGE;
      data.set(isEdge ? [255, 255, 255, 255] : [red, green, blue, 255], (row * SIDE + column) * 4);
    }
  }
  return { width: SIDE, height: SIDE, data };
}
type Rgb = [number, number, number];

const kind: ExpressionSpecification = ['get', 'kind'];

const NAMES = {
  type: 'symbol',
  source: 'names',
  'source-layer': 'names',
} as const;

const paint = (colour: string, halo = 1.6): SymbolLayerSpecification['paint'] => ({
  'text-color': colour,
  'text-halo-color': 'rgb(255 255 255 / 85%)',
  'text-halo-width': halo,
});

/**
 * Names of places, grids and outlets. Of two that would touch, the one in the later layer stays, and within a layer the one
 * with the lower rank: towns before outlets, outlets before grids, grids before villages.
 */
export function nameLayers(): SymbolLayerSpecification[] {
  return [
    {
      ...NAMES,
      id: 'names-of-places',
      // On the whole county they would be a carpet.
      minzoom: 10.5,
      filter: ['in', kind, ['literal', ['VILLAGE', 'ATOM']]],
      layout: {
        'text-field': ['get', 'name'],
        'text-size': ['interpolate', ['linear'], ['zoom'], 10, 11, 14, 13],
        'text-padding': 8,
        'text-max-width': 8,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: paint(tokens.inkSoft),
    },
    {
      ...NAMES,
      id: 'names-of-grids',
      filter: ['in', kind, ['literal', ['LARGE', 'SMALL']]],
      layout: {
        'text-field': ['get', 'name'],
        'text-size': ['interpolate', ['linear'], ['zoom'], 9, 11, 13, 14],
        'text-padding': 4,
        'text-max-width': 8,
        // Beside the middle: whose place is masked is drawn there.
        'text-variable-anchor': ['bottom', 'top', 'left', 'right'],
        'text-radial-offset': 0.5,
        'text-justify': 'auto',
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: paint(tokens.ink),
    },
    {
      ...NAMES,
      id: 'names-of-outlets',
      filter: ['==', kind, 'OUTLET'],
      layout: {
        'icon-image': OUTLET_MARK,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 8, 0.7, 13, 1.2],
        'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', OUTLET_NAMES_FROM_ZOOM, ['get', 'name']],
        'text-size': 12,
        'text-padding': 4,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 0.8,
        'text-justify': 'auto',
        'text-optional': true,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: paint(tokens.accent),
    },
    {
      ...NAMES,
      id: 'names-of-towns',
      filter: ['==', kind, 'TOWN'],
      layout: {
        'text-field': ['get', 'name'],
        'text-size': ['interpolate', ['linear'], ['zoom'], 8, 12, 12, 17],
        'text-letter-spacing': 0.12,
        'text-padding': 4,
        'text-variable-anchor': ['center', 'bottom', 'top', 'left', 'right'],
        'text-radial-offset': 0.5,
        'text-justify': 'auto',
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: paint(tokens.ink, 2),
    },
  ];
}

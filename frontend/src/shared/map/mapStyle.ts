import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl';
import { tokens } from '../tokens';
import { groundLayers, groundNames, groundSource } from './ground';
import { nameLayers } from './names';
import { spotLayers } from './spot';

export type GridLevel = 'SMALL' | 'LARGE';
export type Colouring = {
  value: unknown;
  breaks: readonly number[];
  colours: readonly string[];
  /** 盲区: doors in the colours of their classes, cells in those of their share where the measure has one. */
  visits?: { ofCell: unknown; classes: readonly string[] } | null;
};

/** Customers appear as cells and points from this zoom on; above it the colours of the grids speak alone. */
export const CUSTOMERS_FROM_ZOOM = 10.5;
const HIGH_BAND = 5;

/** `of` is a data date whose plan is drawn instead of the one in force. */
const asked = (level: GridLevel, of: string | null) => `?level=${level}${of ? `&of=${of}` : ''}`;

export function gridTiles(origin: string, version: string, level: GridLevel, of: string | null = null): string {
  return `${origin}/tiles/${version}/grids/{z}/{x}/{y}.mvt${asked(level, of)}`;
}

export function nameTiles(origin: string, version: string, level: GridLevel, of: string | null = null): string {
  return `${origin}/tiles/${version}/names/{z}/{x}/{y}.mvt${asked(level, of)}`;
}

/** What is known of visits is asked for by who looks at them alone: other tiles are shorter without. */
export function customerTiles(origin: string, version: string, withVisits: boolean): string {
  return `${origin}/tiles/${version}/customers/{z}/{x}/{y}.mvt${withVisits ? '?with=visits' : ''}`;
}

/** One colour a class: below the first threshold the first, from a threshold on the next. */
export function fillColour({ value, breaks, colours }: Colouring): ExpressionSpecification | string {
  if (breaks.length === 0) return colours[0] ?? tokens.mapLand;
  return [
    'step',
    value,
    colours[0],
    ...breaks.flatMap((threshold, at) => [threshold, colours[at + 1]]),
  ] as unknown as ExpressionSpecification;
}

/** How much the colours of the grids cover; less where something lies beneath them. */
export function gridOpacity(hasBeneath: boolean): ExpressionSpecification {
  const [far, near] = hasBeneath ? [0.6, 0.3] : [0.92, 0.45];
  return ['interpolate', ['linear'], ['zoom'], CUSTOMERS_FROM_ZOOM, far, CUSTOMERS_FROM_ZOOM + 1.5, near];
}

/** A feature's own id may be the bare number or the contract's id; the page speaks the contract's. */
export function nodeId(type: 'Grid' | 'Customer', id: unknown): string {
  const text = String(id);
  return text.includes(':') ? text : `${type}:${text}`;
}

export function bareId(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

const hasId = (id: string | null): ExpressionSpecification =>
  ['in', ['to-string', ['get', 'id']], ['literal', id === null ? [] : [id, bareId(id)]]] as ExpressionSpecification;

/** The filter of the layer that outlines the chosen grid. */
export const chosenGrid = hasId;

const isKey: ExpressionSpecification = ['==', ['get', 'tier'], 'KEY'];
const isHighBand: ExpressionSpecification = ['>=', ['to-number', ['get', 'band'], 0], HIGH_BAND];

/** A cell says how many in its depth; by visits also which share of them, in the grids' colours. */
export function cellColour({ visits, breaks, colours }: Colouring): ExpressionSpecification | string {
  if (!visits?.ofCell) return tokens.mapSelected;
  const byShare = fillColour({ value: visits.ofCell, breaks, colours });
  // Who sees no places gets cells that say nothing of visits.
  return ['case', ['has', 'visited90d'], byShare, tokens.mapSelected] as ExpressionSpecification;
}

/** White lifts a dark point off its grid; the palest class of visits would be lost in it on a pale one. */
export function pointRim({ visits }: Colouring): ExpressionSpecification {
  return ['case', isHighBand, tokens.overdue, visits ? tokens.inkSoft : '#ffffff'] as ExpressionSpecification;
}

export function pointColour({ visits }: Colouring): ExpressionSpecification {
  const usual = ['case', isKey, tokens.accent, tokens.mapDot] as ExpressionSpecification;
  if (!visits) return usual;
  const classes = visits.classes.flatMap((colour, place) => [place, colour]);
  return ['match', ['get', 'visitClass'], ...classes, usual] as unknown as ExpressionSpecification;
}

export type Beneath = {
  /** A data date whose plan is drawn instead of the one in force. */
  of?: string | null;
  /** Whether the bank has brought water or roads. */
  hasGround?: boolean;
};

/** The whole style: our own land, lines and names. Nothing comes from outside, not even letters. */
export function mapStyle(
  origin: string,
  version: string,
  level: GridLevel,
  colouring: Colouring,
  { of = null, hasGround = false }: Beneath = {},
): StyleSpecification {
  return {
    version: 8,
    sources: {
      grids: { type: 'vector', tiles: [gridTiles(origin, version, level, of)], minzoom: 0, maxzoom: 14 },
      customers: {
        type: 'vector',
        tiles: [customerTiles(origin, version, !!colouring.visits)],
        minzoom: 10,
        maxzoom: 16,
      },
      names: { type: 'vector', tiles: [nameTiles(origin, version, level, of)], minzoom: 6, maxzoom: 14 },
      ...groundSource(origin, version, hasGround),
      dots: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      spot: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      me: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': tokens.mapLand } },
      ...groundLayers(hasGround),
      {
        id: 'grid-fill',
        type: 'fill',
        source: 'grids',
        'source-layer': 'grids',
        paint: {
          'fill-color': fillColour(colouring) as ExpressionSpecification,
          'fill-antialias': false,
          'fill-opacity': gridOpacity(hasGround),
        },
      },
      {
        id: 'customer-cells',
        type: 'fill',
        source: 'customers',
        'source-layer': 'cells',
        minzoom: CUSTOMERS_FROM_ZOOM,
        paint: {
          'fill-color': cellColour(colouring),
          // prettier-ignore -- stops stand beside their values
          'fill-opacity': [
            'interpolate',
            ['linear'],
            ['to-number', ['get', 'count'], 0],
            1,
            0.12,
            10,
            0.3,
            50,
            0.55,
            200,
            0.75,
          ],
        },
      },
      {
        id: 'grid-line',
        type: 'line',
        source: 'grids',
        'source-layer': 'grids',
        paint: {
          'line-color': tokens.mapLine,
          'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.4, 12, 1, 15, 1.6],
        },
      },
      {
        id: 'county',
        type: 'line',
        source: 'grids',
        'source-layer': 'outline',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': tokens.inkSoft, 'line-width': 1.6 },
      },
      {
        id: 'grid-chosen',
        type: 'line',
        source: 'grids',
        'source-layer': 'grids',
        filter: hasId(null),
        layout: { 'line-join': 'round' },
        paint: { 'line-color': tokens.mapSelected, 'line-width': 3 },
      },
      {
        id: 'dots',
        type: 'circle',
        source: 'dots',
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 2.4, 14, 5, 17, 8],
          'circle-color': ['case', isKey, tokens.accent, tokens.waiting] as ExpressionSpecification,
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': 0.8,
        },
      },
      {
        id: 'customer-points',
        type: 'circle',
        source: 'customers',
        'source-layer': 'points',
        minzoom: CUSTOMERS_FROM_ZOOM,
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 11, 2.4, 14, 5, 17, 8],
          'circle-color': pointColour(colouring),
          'circle-stroke-color': pointRim(colouring),
          'circle-stroke-width': ['case', isHighBand, 1.8, 0.8] as ExpressionSpecification,
        },
      },
      ...spotLayers(),
      ...groundNames(hasGround),
      ...nameLayers(),
      {
        id: 'me',
        type: 'circle',
        source: 'me',
        paint: {
          'circle-radius': 8,
          'circle-color': '#2563c9',
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': 3,
        },
      },
    ],
  };
}

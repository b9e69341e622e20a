import type { GeoJSONSource, Map as MapLibre, VectorTileSource } from 'maplibre-gl';
import type { Position, Spotlight } from './geometry';
import { cellColour, chosenGrid, type Colouring, customerTiles, fillColour, pointColour, pointRim } from './mapStyle';

export type Dots = readonly { at: Position; properties: Record<string, unknown> }[];
export type Drawn = {
  tileVersion: string;
  colouring: Colouring;
  chosenId: string | null;
  showsCustomers: boolean;
  me?: Position | null;
  spot?: Spotlight | null;
  /** Customers one by one, instead of those of the tiles. */
  dots?: Dots;
};

const CUSTOMER_LAYERS = ['customer-points', 'customer-cells'];

const pointsOf = (points: readonly { at: Position; properties: Record<string, unknown> }[]) => ({
  type: 'FeatureCollection' as const,
  features: points.map(({ at, properties }) => ({
    type: 'Feature' as const,
    properties,
    geometry: { type: 'Point' as const, coordinates: at },
  })),
});

/** Puts what changes without new tiles onto a map that has its style. */
export function draw(map: MapLibre, { tileVersion, colouring, chosenId, showsCustomers, me, spot, dots }: Drawn): void {
  if (!map.getLayer('grid-fill')) return;
  map.setPaintProperty('grid-fill', 'fill-color', fillColour(colouring));
  map.setPaintProperty('customer-cells', 'fill-color', cellColour(colouring));
  map.setPaintProperty('customer-points', 'circle-color', pointColour(colouring));
  map.setPaintProperty('customer-points', 'circle-stroke-color', pointRim(colouring));
  map.setFilter('grid-chosen', chosenGrid(chosenId));
  for (const layer of CUSTOMER_LAYERS) {
    map.setLayoutProperty(layer, 'visibility', showsCustomers ? 'visible' : 'none');
  }
  askForVisits(map, customerTiles(window.location.origin, tileVersion, !!colouring.visits));
  (map.getSource('me') as GeoJSONSource).setData(pointsOf(me ? [{ at: me, properties: {} }] : []));
  (map.getSource('dots') as GeoJSONSource).setData(pointsOf(dots ?? []));
  (map.getSource('spot') as GeoJSONSource).setData(spotOf(spot ?? null));
}

/** Other tiles of customers, when the measure is of visits and the last one was not, or the other way round. */
function askForVisits(map: MapLibre, tiles: string): void {
  const source = map.getSource('customers') as VectorTileSource;
  if (source.tiles?.[0] !== tiles) source.setTiles([tiles]);
}

function spotOf(spot: Spotlight | null) {
  if (!spot?.outline) return pointsOf(spot?.at ? [{ at: spot.at, properties: {} }] : []);
  return { type: 'Feature' as const, properties: {}, geometry: spot.outline };
}

import type { Map as MapLibre, MapSourceDataEvent } from 'maplibre-gl';
import { gridOpacity } from '@/shared/map/mapStyle';

/** Addresses of tiles; `labels` null where the names are on the map itself. */
export type Tiles = { tiles: string; labels: string | null; largestZoom: number };
export type Shown = { isOn: boolean; hasLabels: boolean };

const BENEATH = 'grid-fill';
const TILE_PX = 256;
const LAYERS = ['base-tiles', 'base-labels'] as const;
/** A service that is silent for so long is let go: the map would wait for it, and so would a picture of it. */
export const PATIENCE_MS = 10_000;

function add(map: MapLibre, id: (typeof LAYERS)[number], address: string, largestZoom: number) {
  map.addSource(id, { type: 'raster', tiles: [address], tileSize: TILE_PX, maxzoom: largestZoom });
  map.addLayer({ id, type: 'raster', source: id, paint: { 'raster-fade-duration': 0 } }, BENEATH);
}

/** Lays the base map and its names beneath the grids, as far as they are wanted; nothing before the map has its style. */
export function showBaseMap(map: MapLibre, { tiles, labels, largestZoom }: Tiles, { isOn, hasLabels }: Shown): void {
  if (!map.getLayer(BENEATH)) return;
  if (!map.getLayer('base-tiles')) {
    add(map, 'base-tiles', tiles, largestZoom);
    if (labels !== null) add(map, 'base-labels', labels, largestZoom);
  }
  const wanted = { 'base-tiles': isOn, 'base-labels': isOn && hasLabels };
  for (const layer of LAYERS) {
    if (map.getLayer(layer)) map.setLayoutProperty(layer, 'visibility', wanted[layer] ? 'visible' : 'none');
  }
  map.setPaintProperty(BENEATH, 'fill-opacity', gridOpacity(isOn || !!map.getLayer('ground-water')));
}

/**
 * Tells when the service does not answer, and when it does again. `silent` is for one that says nothing at all: what waits
 * for it has to be taken off. Gives the way to stop listening.
 */
export function watchBaseMap(map: MapLibre, tell: (said: 'answers' | 'fails' | 'silent') => void): () => void {
  const isBase = (id?: string) => (LAYERS as readonly (string | undefined)[]).includes(id);
  let waiting: number | undefined;
  const calm = () => {
    window.clearTimeout(waiting);
    waiting = undefined;
  };
  const failed = (event: object) => {
    if ('sourceId' in event && isBase(event.sourceId as string)) tell('fails');
  };
  const asked = ({ sourceId }: MapSourceDataEvent) => {
    if (isBase(sourceId)) waiting ??= window.setTimeout(() => tell('silent'), PATIENCE_MS);
  };
  const came = ({ sourceId, tile }: MapSourceDataEvent) => {
    if (!isBase(sourceId) || (tile as { state?: string } | undefined)?.state !== 'loaded') return;
    calm();
    waiting = window.setTimeout(() => tell('silent'), PATIENCE_MS);
    tell('answers');
  };
  map.on('error', failed);
  map.on('sourcedataloading', asked);
  map.on('sourcedata', came);
  map.on('idle', calm);
  return () => {
    calm();
    map.off('error', failed);
    map.off('sourcedataloading', asked);
    map.off('sourcedata', came);
    map.off('idle', calm);
  };
}

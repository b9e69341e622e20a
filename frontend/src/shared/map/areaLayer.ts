import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { tokens } from '../tokens';
import { polygonOf } from './areas';
import type { Position } from './geometry';

const SOURCE = 'area';

/** Shows an area on a map that has its style; null takes it away. */
export function drawArea(map: MapLibre, corners: readonly Position[] | null): void {
  if (!map.getSource(SOURCE)) {
    map.addSource(SOURCE, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    map.addLayer({
      id: 'area-fill',
      type: 'fill',
      source: SOURCE,
      paint: { 'fill-color': tokens.accent, 'fill-opacity': 0.14 },
    });
    map.addLayer({
      id: 'area-line',
      type: 'line',
      source: SOURCE,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': tokens.accent, 'line-width': 2, 'line-dasharray': [3, 1.5] },
    });
  }
  (map.getSource(SOURCE) as GeoJSONSource).setData({
    type: 'FeatureCollection',
    features: corners ? [{ type: 'Feature', properties: {}, geometry: polygonOf(corners) }] : [],
  });
}

/** The same once the map can: calls back at most once, and not after it was told to stop. */
export function drawAreaWhenReady(map: MapLibre, corners: readonly Position[] | null): () => void {
  if (map.isStyleLoaded()) {
    drawArea(map, corners);
    return () => undefined;
  }
  const draw = () => drawArea(map, corners);
  map.once('load', draw);
  map.once('idle', draw);
  return () => {
    map.off('load', draw);
    map.off('idle', draw);
  };
}

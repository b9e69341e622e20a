import type { LayerSpecification } from 'maplibre-gl';
import { tokens } from '../tokens';

/** What was looked for: an outline in a colour that no measure has, on white so that it shows on dark grids too. */
export function spotLayers(): LayerSpecification[] {
  const isArea = ['!=', ['geometry-type'], 'Point'] as ['!=', ['geometry-type'], 'Point'];
  const isPoint = ['==', ['geometry-type'], 'Point'] as ['==', ['geometry-type'], 'Point'];
  const line = { type: 'line', source: 'spot', filter: isArea, layout: { 'line-join': 'round' } } as const;
  return [
    { ...line, id: 'spot-edge', paint: { 'line-color': '#ffffff', 'line-width': 7, 'line-opacity': 0.8 } },
    { ...line, id: 'spot-line', paint: { 'line-color': tokens.waiting, 'line-width': 3 } },
    {
      id: 'spot-point',
      type: 'circle',
      source: 'spot',
      filter: isPoint,
      paint: {
        'circle-radius': 14,
        'circle-color': 'rgb(0 0 0 / 0%)',
        'circle-stroke-color': tokens.waiting,
        'circle-stroke-width': 3,
      },
    },
  ];
}

import type { Map as MapLibre, MapGeoJSONFeature, Point } from 'maplibre-gl';
import type { Position } from './geometry';
import { nodeId } from './mapStyle';

/** Fingers and mice come as near as this. */
const REACH_PX = 6;

export type Heard = {
  onGrid: (id: string | null) => void;
  onCustomer: (id: string) => void;
  /** 盲区: a square of customers that says how many were visited, by its corners; without it the grid beneath is chosen. */
  onCell?: (corners: readonly Position[]) => void;
};

/** The corners of a cell that knows of visits; null for any other. */
export function cornersOf(cell: MapGeoJSONFeature | undefined): Position[] | null {
  if (cell?.geometry.type !== 'Polygon' || cell.properties.visited90d === undefined) return null;
  return (cell.geometry.coordinates[0]! as Position[]).slice(0, -1);
}

/** What lies under the pointer: a customer before a cell, a cell before its grid. */
export function clicked(map: MapLibre, { x, y }: Point, { onGrid, onCustomer, onCell }: Heard): void {
  const box: [[number, number], [number, number]] = [
    [x - REACH_PX, y - REACH_PX],
    [x + REACH_PX, y + REACH_PX],
  ];
  const customer = map.queryRenderedFeatures(box, { layers: ['customer-points', 'dots'] })[0];
  if (customer) return onCustomer(nodeId('Customer', customer.properties.id));
  const corners = onCell ? cornersOf(map.queryRenderedFeatures([x, y], { layers: ['customer-cells'] })[0]) : null;
  if (corners) return onCell!(corners);
  const grid = map.queryRenderedFeatures([x, y], { layers: ['grid-fill'] })[0];
  return onGrid(grid ? nodeId('Grid', grid.properties.id) : null);
}

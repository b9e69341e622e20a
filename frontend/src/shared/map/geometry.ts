/** GeoJSON as the contract's scalar carries it: WGS 84, longitude first. */
export type Position = [lonDeg: number, latDeg: number];
export type Polygon = { type: 'Polygon'; coordinates: Position[][] };
export type MultiPolygon = { type: 'MultiPolygon'; coordinates: Position[][][] };
export type Geometry = Polygon | MultiPolygon;
export type Bounds = [westDeg: number, southDeg: number, eastDeg: number, northDeg: number];

const polygonsOf = (geometry: Geometry): Position[][][] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;

/** The smallest box around some shapes; null where there is none. */
export function boundsOf(geometries: Iterable<Geometry>): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const geometry of geometries) {
    for (const rings of polygonsOf(geometry)) {
      for (const [lon, lat] of rings[0] ?? []) {
        west = Math.min(west, lon);
        south = Math.min(south, lat);
        east = Math.max(east, lon);
        north = Math.max(north, lat);
      }
    }
  }
  return west <= east ? [west, south, east, north] : null;
}

/** Twice the signed area of a ring, in square degrees. */
function doubleArea(ring: Position[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [x0, y0] = ring[i]!;
    const [x1, y1] = ring[i + 1]!;
    sum += x0 * y1 - x1 * y0;
  }
  return sum;
}

/** Where a label goes: the centre of mass of the largest part. */
export function labelPoint(geometry: Geometry): Position | null {
  let ring: Position[] | undefined;
  let largest = 0;
  for (const rings of polygonsOf(geometry)) {
    const area = Math.abs(doubleArea(rings[0] ?? []));
    if (area > largest) [ring, largest] = [rings[0], area];
  }
  if (!ring) return null;
  const origin = ring[0]!;
  let [x, y, double] = [0, 0, 0];
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [x0, y0] = [ring[i]![0] - origin[0], ring[i]![1] - origin[1]];
    const [x1, y1] = [ring[i + 1]![0] - origin[0], ring[i + 1]![1] - origin[1]];
    const cross = x0 * y1 - x1 * y0;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
    double += cross;
  }
  return [origin[0] + x / (3 * double), origin[1] + y / (3 * double)];
}

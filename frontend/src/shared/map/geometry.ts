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

/** What the map goes to and marks: an outline, or a point where there is none. */
export type Spotlight = { id: string; bounds: Bounds; outline: Geometry | null; at: Position | null };

/** Some 500 m to each side. */
const AROUND_DEG = 0.005;

/** A box to look at a point in. */
export function around([lon, lat]: Position): Bounds {
  return [lon - AROUND_DEG, lat - AROUND_DEG, lon + AROUND_DEG, lat + AROUND_DEG];
}

export type Pixel = readonly [x: number, y: number];

const CLOSEST_PX = 3;

/** Whether a point lies in a ring, by how often a line to its right crosses it; a ring that crosses itself counts odd ones. */
export function isInside([x, y]: Pixel, ring: readonly Pixel[]): boolean {
  let inside = false;
  for (let at = 0, last = ring.length - 1; at < ring.length; last = at, at += 1) {
    const [x0, y0] = ring[last]!;
    const [x1, y1] = ring[at]!;
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside;
  }
  return inside;
}

/** What a lasso on the screen catches: whatever has its middle in it. Less than a triangle catches nothing. */
export function caught(ring: readonly Pixel[], middles: Iterable<readonly [id: string, at: Pixel]>): string[] {
  if (ring.length < 3) return [];
  const found: string[] = [];
  for (const [id, at] of middles) if (isInside(at, ring)) found.push(id);
  return found;
}

/** A ring with another point, unless that is as good as the last one: a hand on a mouse sends hundreds. */
export function drawnOn(ring: readonly Pixel[], [x, y]: Pixel): readonly Pixel[] {
  const last = ring.at(-1);
  return last && Math.hypot(x - last[0], y - last[1]) < CLOSEST_PX ? ring : [...ring, [x, y]];
}

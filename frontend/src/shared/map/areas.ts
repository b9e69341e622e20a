import type { Polygon, Position } from './geometry';

/** As many corners as the server takes (geo/drawn_areas.py). */
export const MOST_CORNERS = 100;
const CIRCLE_CORNERS = 48;
/** Five digits of a degree are a metre: finer than a hand draws. */
const STEPS_A_DEGREE = 1e5;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const MORE = 32;

/** A place on the screen, in pixels. */
export type Pixel = { x: number; y: number };

/** Differences of corners in five-bit digits, in the way of encoded polylines, with letters that an address bears. */
export function encodeArea(corners: readonly Position[]): string {
  let text = '';
  let [lonBefore, latBefore] = [0, 0];
  const put = (difference: number) => {
    let value = difference < 0 ? -2 * difference - 1 : 2 * difference;
    for (; value >= MORE; value = Math.floor(value / MORE)) text += DIGITS[(value % MORE) + MORE];
    text += DIGITS[value];
  };
  for (const [lonDeg, latDeg] of corners) {
    const [lon, lat] = [Math.round(lonDeg * STEPS_A_DEGREE), Math.round(latDeg * STEPS_A_DEGREE)];
    put(lon - lonBefore);
    put(lat - latBefore);
    [lonBefore, latBefore] = [lon, lat];
  }
  return text;
}

function numbersIn(text: string): number[] | null {
  const numbers: number[] = [];
  let [value, place, isWhole] = [0, 1, true];
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter);
    if (digit < 0 || place > MORE ** 6) return null;
    value += (digit % MORE) * place;
    isWhole = digit < MORE;
    place *= MORE;
    if (isWhole) {
      numbers.push(value % 2 === 1 ? -(value + 1) / 2 : value / 2);
      [value, place] = [0, 1];
    }
  }
  return isWhole ? numbers : null;
}

/** The corners that an address names; null where it names no area that could be asked for. */
export function decodeArea(text: string | null): Position[] | null {
  const numbers = text ? numbersIn(text) : null;
  if (!numbers || numbers.length % 2 || numbers.length < 6 || numbers.length > 2 * MOST_CORNERS) return null;
  const corners: Position[] = [];
  let [lon, lat] = [0, 0];
  for (let at = 0; at < numbers.length; at += 2) {
    [lon, lat] = [lon + numbers[at]!, lat + numbers[at + 1]!];
    corners.push([lon / STEPS_A_DEGREE, lat / STEPS_A_DEGREE]);
  }
  return corners.every(([lonDeg, latDeg]) => Math.abs(lonDeg) <= 180 && Math.abs(latDeg) <= 85) ? corners : null;
}

export function polygonOf(corners: readonly Position[]): Polygon {
  return { type: 'Polygon', coordinates: [[...corners, corners[0]!]] };
}

/** A circle as the polygon that stands for it. */
export function circleOf(centre: Pixel, edge: Pixel): Pixel[] {
  const radius = Math.hypot(edge.x - centre.x, edge.y - centre.y);
  return Array.from({ length: CIRCLE_CORNERS }, (_, at) => {
    const turn = (2 * Math.PI * at) / CIRCLE_CORNERS;
    return { x: centre.x + radius * Math.cos(turn), y: centre.y + radius * Math.sin(turn) };
  });
}

function distance(place: Pixel, from: Pixel, to: Pixel): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return Math.hypot(place.x - from.x, place.y - from.y);
  return Math.abs(dx * (from.y - place.y) - dy * (from.x - place.x)) / length;
}

function thinned(line: readonly Pixel[], tolerance: number): Pixel[] {
  const [first, last] = [line[0]!, line[line.length - 1]!];
  let [farthest, at] = [0, 0];
  for (let index = 1; index < line.length - 1; index += 1) {
    const away = distance(line[index]!, first, last);
    if (away > farthest) [farthest, at] = [away, index];
  }
  if (farthest <= tolerance) return [first, last];
  return [...thinned(line.slice(0, at + 1), tolerance).slice(0, -1), ...thinned(line.slice(at), tolerance)];
}

/** A line drawn by hand with as few corners as say the same (Douglas and Peucker), and never more than may be asked. */
export function simplified(line: readonly Pixel[]): Pixel[] {
  let corners = [...line];
  for (let tolerance = 2; corners.length > 2; tolerance *= 1.5) {
    corners = thinned(corners, tolerance);
    if (corners.length <= MOST_CORNERS) return corners;
  }
  return corners;
}

const side = (a: Pixel, b: Pixel, c: Pixel) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));

/** Whether the closed line crosses itself. Neighbouring sides share a corner and do not count. */
export function crossesItself(corners: readonly Pixel[]): boolean {
  const count = corners.length;
  for (let one = 0; one < count; one += 1) {
    for (let other = one + 2; other < count; other += 1) {
      if (one === 0 && other === count - 1) continue;
      const [a, b] = [corners[one]!, corners[one + 1]!];
      const [c, d] = [corners[other]!, corners[(other + 1) % count]!];
      if (side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)) return true;
    }
  }
  return false;
}

/** About how large an area of a county is, in square metres, on a sphere. */
export function squareMetresOf(corners: readonly Position[]): number {
  const radians = Math.PI / 180;
  let sum = 0;
  corners.forEach(([lon, lat], at) => {
    const [nextLon, nextLat] = corners[(at + 1) % corners.length]!;
    sum += (nextLon - lon) * radians * (2 + Math.sin(lat * radians) + Math.sin(nextLat * radians));
  });
  return Math.abs((sum * 6_371_008 ** 2) / 2);
}

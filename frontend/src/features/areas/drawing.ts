import { circleOf, crossesItself, MOST_CORNERS, type Pixel, simplified } from '@/shared/map/areas';

export const SHAPES = ['POLYGON', 'LASSO', 'CIRCLE'] as const;
export type Shape = (typeof SHAPES)[number];

/** Nearer than this two places are one: a double click, a trembling hand. */
const SAME_PX = 3;
const LEAST_SQUARE_PX = 60;

export type Finished = { corners: Pixel[] } | { wrong: 'tooFew' | 'crosses' | 'tooSmall' };

/** The line with one place more; a place beside the last one is the same. */
export function withPlace(places: readonly Pixel[], place: Pixel): Pixel[] {
  const last = places[places.length - 1];
  const isSame = last && Math.hypot(last.x - place.x, last.y - place.y) < SAME_PX;
  return isSame ? [...places] : [...places, place];
}

export function isFull(shape: Shape, places: readonly Pixel[]): boolean {
  return shape === 'POLYGON' && places.length >= MOST_CORNERS;
}

/** The outline that the places stand for so far: a circle's are its centre and a place on its edge. */
export function outlineOf(shape: Shape, places: readonly Pixel[]): Pixel[] {
  return shape === 'CIRCLE' && places.length > 1 ? circleOf(places[0]!, places[places.length - 1]!) : [...places];
}

function squarePixels(corners: readonly Pixel[]): number {
  const double = corners.reduce((sum, { x, y }, at) => {
    const next = corners[(at + 1) % corners.length]!;
    return sum + x * next.y - next.x * y;
  }, 0);
  return Math.abs(double) / 2;
}

/** The area that was drawn, or what is wrong with it. */
export function finished(shape: Shape, places: readonly Pixel[]): Finished {
  const outline = outlineOf(shape, places);
  const corners = shape === 'LASSO' ? simplified(outline) : outline;
  if (corners.length < 3) return { wrong: 'tooFew' };
  if (crossesItself(corners)) return { wrong: 'crosses' };
  return squarePixels(corners) < LEAST_SQUARE_PX ? { wrong: 'tooSmall' } : { corners };
}

import { useEffect, useRef, useState } from 'react';
import type { Pixel } from '@/shared/map/areas';
import { finished, isFull, type Shape, withPlace } from './drawing';

const STEP_PX = 12;
const FINE_STEP_PX = 2;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export type Wrong = 'tooFew' | 'tooMany' | 'crosses' | 'tooSmall';
type Done = { onFinish: (corners: Pixel[]) => void; onCancel: () => void };

/** Drawing with a pointer or with keys. `at` is where the pointer or the cross of the keys is. */
export function useDrawing(shape: Shape, { onFinish, onCancel }: Done) {
  const sheet = useRef<SVGSVGElement>(null);
  const [places, setPlaces] = useState<Pixel[]>([]);
  const [at, setAt] = useState<Pixel | null>(null);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const isHeld = useRef(false);
  useEffect(() => sheet.current?.focus(), []);

  const begin = (kept: Pixel[], why: Wrong | null) => {
    setPlaces(kept);
    setWrong(why);
  };
  const finish = (drawn: readonly Pixel[]) => {
    const result = finished(shape, drawn);
    if ('corners' in result) return onFinish(result.corners);
    return begin(result.wrong === 'tooFew' ? [...drawn] : [], result.wrong);
  };
  const put = (place: Pixel) => {
    if (isFull(shape, places)) return setWrong('tooMany');
    const next = withPlace(places, place);
    if (shape === 'CIRCLE' && next.length > 1) return finish(next);
    return begin(next, null);
  };
  const onPlace = (event: React.PointerEvent): Pixel => {
    const box = sheet.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const pointer = {
    onPointerDown: (event: React.PointerEvent) => {
      if (event.button !== 0) return;
      put(onPlace(event));
      if (shape === 'POLYGON') return;
      isHeld.current = true;
      sheet.current?.setPointerCapture?.(event.pointerId);
    },
    onPointerMove: (event: React.PointerEvent) => {
      const place = onPlace(event);
      setAt(place);
      if (isHeld.current && shape === 'LASSO') setPlaces((drawn) => withPlace(drawn, place));
    },
    onPointerUp: (event: React.PointerEvent) => {
      if (!isHeld.current) return;
      isHeld.current = false;
      const drawn = withPlace(places, onPlace(event));
      // A press that goes nowhere begins; what was drawn before is kept.
      if (drawn.length > 1) finish(drawn);
    },
    onDoubleClick: () => shape === 'POLYGON' && finish(places),
  };

  const move = ([right, down]: readonly [number, number], isFine: boolean) => {
    const box = sheet.current!.getBoundingClientRect();
    const from = at ?? { x: box.width / 2, y: box.height / 2 };
    const step = isFine ? FINE_STEP_PX : STEP_PX;
    const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
    setAt({ x: within(from.x + right * step, box.width), y: within(from.y + down * step, box.height) });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (arrow) move(arrow, event.shiftKey);
    else if (event.key === ' ') put(at ?? { x: 0, y: 0 });
    else if (event.key === 'Enter') finish(places);
    else if (event.key === 'Backspace') begin(places.slice(0, -1), null);
    else if (event.key === 'Escape') onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { sheet, places, at, wrong, finish: () => finish(places), handlers: { ...pointer, onKeyDown } };
}

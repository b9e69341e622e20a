import { type PointerEvent, useState } from 'react';
import { drawnOn, type Pixel } from './lasso';
import './plans.css';

type Props = { onDrawn: (ring: readonly Pixel[], isAdding: boolean) => void };

/** Over the map while the lasso is in hand: a line that follows the pointer and closes where it is let go. */
export function LassoLayer({ onDrawn }: Props) {
  const [ring, setRing] = useState<readonly Pixel[]>([]);
  const at = ({ nativeEvent }: PointerEvent): Pixel => [nativeEvent.offsetX, nativeEvent.offsetY];
  return (
    <svg
      className="plan-lasso"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setRing([at(event)]);
      }}
      onPointerMove={(event) => {
        if (ring.length > 0) setRing((drawn) => drawnOn(drawn, at(event)));
      }}
      onPointerUp={(event) => {
        onDrawn(ring, event.shiftKey || event.ctrlKey || event.metaKey);
        setRing([]);
      }}
      onPointerCancel={() => setRing([])}
    >
      <polygon points={ring.map((point) => point.join(',')).join(' ')} />
    </svg>
  );
}

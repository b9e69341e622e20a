import { useCallback, useState } from 'react';

/** Where the device says it is. Browsers speak WGS 84; the accuracy is the device's own. */
export type DevicePosition = { lonDeg: number; latDeg: number; accuracyM: number | null };
export type PositionFailure = 'DENIED' | 'TIMEOUT' | 'UNAVAILABLE';
export type PositionState =
  | { state: 'none' }
  | { state: 'waiting' }
  | { state: 'known'; position: DevicePosition }
  | { state: 'failed'; failure: PositionFailure };

const FAILURES: Record<number, PositionFailure> = { 1: 'DENIED', 2: 'UNAVAILABLE', 3: 'TIMEOUT' };
const OPTIONS: PositionOptions = { enableHighAccuracy: true, timeout: 10_000, maximumAge: 15_000 };

/** Asks the device once for its position; never asks by itself. */
export function usePosition() {
  const [current, setCurrent] = useState<PositionState>({ state: 'none' });
  const ask = useCallback((onAnswer?: (answer: PositionState) => void) => {
    const settle = (answer: PositionState) => {
      setCurrent(answer);
      onAnswer?.(answer);
    };
    if (!('geolocation' in navigator)) {
      settle({ state: 'failed', failure: 'UNAVAILABLE' });
      return;
    }
    setCurrent({ state: 'waiting' });
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        settle({
          state: 'known',
          position: { lonDeg: coords.longitude, latDeg: coords.latitude, accuracyM: coords.accuracy ?? null },
        }),
      ({ code }) => settle({ state: 'failed', failure: FAILURES[code] ?? 'UNAVAILABLE' }),
      OPTIONS,
    );
  }, []);
  return { position: current, ask };
}

import { useCallback, useEffect, useRef, useState } from 'react';

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

/**
 * Asks the device for its position when told to; never asks by itself. Only the newest question counts: what is
 * answered after `forget`, after another question or after the page was left, is heard by nobody.
 */
export function usePosition() {
  const [current, setCurrent] = useState<PositionState>({ state: 'none' });
  const question = useRef(0);
  const ask = useCallback((onAnswer?: (answer: PositionState) => void) => {
    question.current += 1;
    const asked = question.current;
    const settle = (answer: PositionState) => {
      if (asked !== question.current) return;
      question.current += 1; // One question, one answer.
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
  const forget = useCallback(() => {
    question.current += 1;
    setCurrent({ state: 'none' });
  }, []);
  useEffect(
    () => () => {
      question.current += 1;
    },
    [],
  );
  return { position: current, ask, forget };
}

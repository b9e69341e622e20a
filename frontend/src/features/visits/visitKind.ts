import i18next from 'i18next';
import type { Item, Kind } from '@/shared/device/item';
import type { DevicePosition } from '@/shared/usePosition';
import type { sendVisitMutation, VisitOutcome } from '@/__generated__/sendVisitMutation.graphql';
import { sendVisit } from './sendVisit';

/** A visit as it is written, from checking in; times are the device's own. */
export type VisitBody = {
  startedAt: string;
  /** When it was submitted first; a correction after a refusal leaves it. */
  endedAt: string | null;
  position: DevicePosition | null;
  outcome: VisitOutcome | null;
  note: string;
  nextOn: string | null;
};

/** The visit as the contract wants it; null while its outcome is not chosen. */
export function inputOf({
  key,
  subject,
  body,
  contact,
}: Item<VisitBody>): sendVisitMutation['variables']['input'] | null {
  const { startedAt, endedAt, position, outcome, note, nextOn } = body;
  if (outcome === null) return null;
  return {
    idempotencyKey: key,
    customerId: subject,
    startedAt,
    endedAt,
    point: position && { ...position, datum: 'WGS84' },
    outcome,
    note: note.trim() === '' ? null : note.trim(),
    nextOn,
    contact,
  };
}

/** Visits are written without a signal, too. */
export const VISITS: Kind = {
  name: 'visit',
  shape: 1,
  say: (count) => i18next.t('visit.some', { count }),
  path: (subject) => `/visit/${encodeURIComponent(subject)}`,
  send: async (environment, item) => {
    const input = inputOf(item as Item<VisitBody>);
    if (input === null) return { state: 'refused', code: 'OUTCOME_MISSING', message: i18next.t('visit.chooseOutcome') };
    return sendVisit(environment, input);
  },
};

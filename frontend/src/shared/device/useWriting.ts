import { useEffect, useRef } from 'react';
import type { Begun } from './device';
import { useDevice, useDeviceView } from './deviceContext';
import { isEditable, isUnsent, type Item } from './item';

export type Writing<Body> = ReturnType<typeof useWriting<Body>>;

/**
 * What this person is writing of that kind about that subject: a draft before what waits. What was shown here stays
 * until it is sent, so that its page can say so.
 */
export function useWriting<Body>(kind: string, subject: string) {
  const device = useDevice();
  const { items, isOpen, isSaved, sending, trouble } = useDeviceView();
  const shownKey = useRef<string | null>(null);
  const isBegunHere = useRef(false);
  useEffect(() => void device.open(), [device]);

  const about = items.filter((item) => item.kind === kind && item.subject === subject);
  const unsent = about.filter(isUnsent);
  const sent = about.find(({ key, state }) => key === shownKey.current && state === 'sent');
  const found = sent ?? unsent.find(isEditable) ?? unsent[0] ?? null;
  shownKey.current = found?.key ?? null;

  return {
    isOpen,
    item: found as Item<Body> | null,
    /** When it was last sent from this device, as far as traces go back. */
    lastSentAt: about.reduce<string | null>(
      (last, { state, updatedAt }) => (state === 'sent' && updatedAt > (last ?? '') ? updatedAt : last),
      null,
    ),
    trouble,
    isSaved,
    /** Others were submitted before it and go first. */
    isBehind: items.some(({ state, place }) => state === 'waiting' && place < (found?.place ?? 0)),
    isSending: found !== null && sending === found.key,
    isOnDevice: found === null || device.isOnDevice(found.key),
    isResumed: !isBegunHere.current,
    answer: found ? device.view.answerOf(found.key) : undefined,
    begin: (begun: Omit<Begun, 'kind' | 'subject'> & { body: Body }) => {
      isBegunHere.current = true;
      return device.begin({ kind, subject, ...begun });
    },
    change: (part: Partial<Body>) => {
      if (found) device.change(found.key, { ...(found.body as Body), ...part });
    },
    submit: (body: Body) => {
      if (found) void device.submit(found.key, body);
    },
    sendNow: () => void device.sendNow(),
    throwAway: () => {
      isBegunHere.current = false;
      if (found) void device.throwAway(found.key);
    },
  };
}

import type { Item } from './item';
import type { Trouble } from './keeping';

/** What pages see of the store. */
export type View = {
  isOpen: boolean;
  items: readonly Item[];
  /** The key of what is on its way at this moment. */
  sending: string | null;
  trouble: Trouble | null;
  /** All that was typed is written down. */
  isSaved: boolean;
};

const NOTHING: View = { isOpen: false, items: [], sending: null, trouble: null, isSaved: true };
const CHANNEL = 'yunge.device';

/** The store as it is now, for React to read, and for other pages of the device to hear of. */
export function createView() {
  let now = NOTHING;
  const listeners = new Set<() => void>();
  const answers = new Map<string, unknown>();
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(CHANNEL) : null;
  return {
    now: () => now,
    set: (part: Partial<View>) => {
      now = { ...now, ...part };
      listeners.forEach((listener) => listener());
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** What the server answered to what was sent from this page. */
    answer: (key: string, answer: unknown) => void answers.set(key, answer),
    answerOf: (key: string) => answers.get(key),
    tellOtherPages: () => channel?.postMessage('changed'),
    hearOtherPages: (listener: () => void) => {
      channel?.addEventListener('message', listener);
      return () => channel?.removeEventListener('message', listener);
    },
  };
}

import { useRef, useState } from 'react';
import { useSession } from '../session';
import { newUuid } from '../uuid';
import { dropDraft, readDraft, type Stored, writeDraft } from './draftStore';

type Options<Values> = {
  /** What is being written, and about whom: `visit.Customer:7`. */
  name: string;
  shape: number;
  empty: Values;
};

export type Draft<Values> = Stored<Values> & {
  /** It was begun earlier and is gone on with. */
  isResumed: boolean;
  /** Leaving the page loses nothing. */
  isKept: boolean;
  change: (part: Partial<Values>) => void;
  goTo: (step: string) => void;
  /** Before it is sent: from now on only the same may be sent under this key. */
  markSent: () => void;
  /** After a refusal: what was written stays, the next try is another act with another key. */
  reopen: () => void;
  /** Begins anew, and forgets what was written. */
  discard: () => void;
};

/** What a person is writing, kept with every change until it is sent or thrown away. */
export function useDraft<Values>({ name, shape, empty }: Options<Values>): Draft<Values> {
  const { staffId } = useSession();
  const place = { staffId, name, shape };
  const begin = (): Stored<Values> => ({ key: newUuid(), values: empty, step: null, isSent: false, savedAt: '' });
  const [found] = useState(() => readDraft<Values>(place));
  const [draft, setDraft] = useState(() => found ?? begin());
  const [isResumed, setResumed] = useState(found !== null);
  const [isKept, setKept] = useState(true);
  // What was written last, also between two renders: two changes of one moment are both kept.
  const latest = useRef(draft);
  const keep = (part: Partial<Stored<Values>>) => {
    latest.current = { ...latest.current, ...part, savedAt: new Date().toISOString() };
    setKept(writeDraft(place, latest.current));
    setDraft(latest.current);
  };
  return {
    ...draft,
    isResumed,
    isKept,
    change: (part) => keep({ values: { ...latest.current.values, ...part } }),
    goTo: (step) => keep({ step }),
    markSent: () => keep({ isSent: true }),
    reopen: () => keep({ isSent: false, key: newUuid() }),
    discard: () => {
      dropDraft(place);
      latest.current = begin();
      setDraft(latest.current);
      setResumed(false);
    },
  };
}

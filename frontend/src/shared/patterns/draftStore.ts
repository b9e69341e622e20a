/** Where drafts outlive page, session and signal: the browser's own storage, one person's apart from another's. */

const PREFIX = 'yunge.draft.';
/** What a person types about customers does not lie about on a shared machine for longer than a week. */
const KEPT_MS = 7 * 86_400_000;

export type Stored<Values> = {
  /** The idempotency key of what will be sent: one draft is one act, however often it is sent. */
  key: string;
  values: Values;
  step: string | null;
  /** It was sent and no answer came: only the same bytes may follow under this key. */
  isSent: boolean;
  savedAt: string;
};

/** `shape` is the version of what is stored: a draft of an older one is not opened by newer pages. */
export type DraftPlace = { staffId: string; name: string; shape: number };

const nameOf = ({ staffId, name, shape }: DraftPlace) => `${PREFIX}${staffId}.${name}.${shape}`;

export function readDraft<Values>(place: DraftPlace, now: number = Date.now()): Stored<Values> | null {
  try {
    const text = localStorage.getItem(nameOf(place));
    if (text === null) return null;
    const stored = JSON.parse(text) as Stored<Values>;
    if (now - Date.parse(stored.savedAt) <= KEPT_MS) return stored;
  } catch {
    // Storage that is closed or holds something else: as if there were no draft.
  }
  dropDraft(place);
  return null;
}

/** Whether it was kept: a browser without storage still works, and the page can say that leaving loses the draft. */
export function writeDraft<Values>(place: DraftPlace, draft: Stored<Values>): boolean {
  try {
    localStorage.setItem(nameOf(place), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(place: DraftPlace): void {
  try {
    localStorage.removeItem(nameOf(place));
  } catch {
    // There was none.
  }
}

/** Removes what is too old, whoever wrote it; the shells call it once at their start. */
export function sweepDrafts(now: number = Date.now()): void {
  try {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      const savedAt = Date.parse(
        (JSON.parse(localStorage.getItem(name) ?? '{}') as { savedAt?: string }).savedAt ?? '',
      );
      if (!(now - savedAt <= KEPT_MS)) localStorage.removeItem(name);
    }
  } catch {
    // Nothing can be kept here, so nothing is too old.
  }
}

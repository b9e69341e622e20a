import { type Item, type ItemState, isUnsent, UNSENT } from './item';
import type { Place } from './places';

/** Why something is kept by this page alone: the device is full, or the browser opens no database for us. */
export type Trouble = 'FULL' | 'CLOSED';

/** A database that does not answer (some versions of iOS know such days) is as good as closed. */
const PATIENCE_MS = 4_000;

export type Keeping = ReturnType<typeof createKeeping>;

/** Keeps items on the device, and where the device does not, in the page: sending waits for no disk. */
export function createKeeping(openPlace: () => Promise<Place>, patienceMs: number = PATIENCE_MS) {
  const onDevice = patiently(openPlace, patienceMs);
  /** What this page alone has. */
  const loose = new Map<string, Item>();
  /** What this page knows to be unsent: storage that was cleared meanwhile gets it back. */
  const known = new Map<string, Item>();
  let trouble: Trouble | null = null;

  function note(item: Item, instead: string): void {
    known.delete(instead);
    if (isUnsent(item)) known.set(item.key, item);
  }

  async function putOnDevice(...what: Parameters<Place['put']>): Promise<boolean> {
    try {
      return await onDevice((place) => place.put(...what));
    } catch (error) {
      if (!isFull(error)) throw error;
      // Traces make room before words do.
      return onDevice(async (place) => {
        await place.sweep((item) => !isUnsent(item));
        return place.put(...what);
      });
    }
  }

  async function put(item: Item, over: readonly ItemState[], instead: string = item.key): Promise<boolean> {
    const there = loose.get(instead);
    if (there && !over.includes(there.state)) return false;
    let isPut = true;
    try {
      isPut = await putOnDevice(item, over, instead);
      loose.delete(instead);
    } catch (error) {
      trouble = isFull(error) ? 'FULL' : 'CLOSED';
      loose.delete(instead);
      loose.set(item.key, item);
    }
    if (isPut) note(item, instead);
    if (loose.size === 0) trouble = null;
    return isPut;
  }

  async function all(person: string): Promise<Item[]> {
    let kept: Item[];
    try {
      kept = await onDevice((place) => place.all(person));
    } catch {
      trouble ??= 'CLOSED';
      return [...new Map([...known, ...loose]).values()].filter((item) => item.person === person);
    }
    if (loose.size === 0) trouble = null;
    const items = new Map(kept.map((item) => [item.key, item]));
    for (const item of [...known.values()].filter(({ key }) => !items.has(key) || loose.has(key))) {
      await put(item, UNSENT);
      items.set(item.key, item);
    }
    loose.forEach((item) => items.set(item.key, item));
    items.forEach((item) => note(item, item.key));
    return [...items.values()].filter((item) => item.person === person);
  }

  return {
    put,
    all,
    trouble: () => trouble,
    /** Whether leaving the page loses nothing of it. */
    isOnDevice: (key: string) => !loose.has(key),
    sweep: (isToGo: (item: Item) => boolean) => onDevice((place) => place.sweep(isToGo)).catch(() => undefined),
    /** Where nothing is kept there is nobody to share with. */
    lease: (...what: Parameters<Place['lease']>) => onDevice((place) => place.lease(...what)).catch(() => true),
    release: (...what: Parameters<Place['release']>) =>
      onDevice((place) => place.release(...what)).catch(() => undefined),
  };
}

/** Opens the place when it is first wanted, and gives up on one that does not answer. */
function patiently(openPlace: () => Promise<Place>, patienceMs: number) {
  let opened: Promise<Place> | null = null;
  let isSilent = false;
  return async function work<Result>(wanted: (place: Place) => Promise<Result>): Promise<Result> {
    if (isSilent) throw new Error('The place did not answer');
    opened ??= openPlace().catch((error: unknown) => {
      opened = null; // The next one tries again: it may have been the network that did not bring the code.
      throw error;
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        isSilent = true;
        reject(new Error('The place does not answer'));
      }, patienceMs);
    });
    return Promise.race([opened.then(wanted), late]).finally(() => clearTimeout(timer));
  };
}

function isFull(error: unknown): boolean {
  const { name, inner } = (error ?? {}) as { name?: string; inner?: { name?: string } };
  return name === 'QuotaExceededError' || inner?.name === 'QuotaExceededError';
}

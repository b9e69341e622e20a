import type { Item, ItemState } from './item';

/** Where items lie on the device. */
export type Place = {
  all: (person: string) => Promise<Item[]>;
  /**
   * Writes it over what lies there under `instead` (or its own key), in one step. Gives false, and writes nothing,
   * where that is in none of the states `over`: another page was faster.
   */
  put: (item: Item, over: readonly ItemState[], instead?: string) => Promise<boolean>;
  /** Removes those of which this is true, whoever wrote them. */
  sweep: (isToGo: (item: Item) => boolean) => Promise<void>;
  /** Takes or renews a lease for so many milliseconds; false while another holder has it. */
  lease: (name: string, holder: string, forMs: number) => Promise<boolean>;
  release: (name: string, holder: string) => Promise<void>;
};

export type Lease = { name: string; holder: string; until: number };

/** One that another clock has written far into the future is none. */
export const isHeldByAnother = (lease: Lease | undefined, holder: string, now: number, forMs: number) =>
  lease !== undefined && lease.holder !== holder && lease.until > now && lease.until <= now + forMs;

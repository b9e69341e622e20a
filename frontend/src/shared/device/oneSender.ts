import { newUuid } from '../uuid';
import type { Keeping } from './keeping';

/** Longer than a request may take. */
const LEASE_MS = 45_000;

/**
 * Does the work if no other page of this device is at it, and says whether it did. `isMine` asks between two steps.
 * Locks of the browser exist only on https and in newer ones; elsewhere it is a lease in the database.
 */
export async function asOnlySender(
  name: string,
  leases: Pick<Keeping, 'lease' | 'release'>,
  work: (isMine: () => Promise<boolean>) => Promise<void>,
): Promise<boolean> {
  if (typeof navigator.locks?.request === 'function') {
    return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock === null) return false;
      await work(async () => true);
      return true;
    });
  }
  const holder = newUuid();
  const isMine = () => leases.lease(name, holder, LEASE_MS);
  if (!(await isMine())) return false;
  try {
    await work(isMine);
  } finally {
    await leases.release(name, holder);
  }
  return true;
}

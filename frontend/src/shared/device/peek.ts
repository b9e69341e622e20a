export const DATABASE = 'yunge.device';

/** Whether anything lies in this device's database, without loading what opens it, and without making one. */
export function liesSomething(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const asked = indexedDB.open(DATABASE);
      // There was none: what asking has begun is taken back.
      asked.onupgradeneeded = () => asked.transaction?.abort();
      asked.onerror = () => resolve(false);
      asked.onblocked = () => resolve(true);
      asked.onsuccess = () => {
        const database = asked.result;
        const count = database.transaction('items').objectStore('items').count();
        const answer = (isSo: boolean) => {
          database.close();
          resolve(isSo);
        };
        count.onsuccess = () => answer(count.result > 0);
        count.onerror = () => answer(true);
      };
    } catch {
      resolve(false); // Nothing can be kept here.
    }
  });
}

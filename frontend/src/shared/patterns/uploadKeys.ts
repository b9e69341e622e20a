import { newUuid } from '../uuid';

const PREFIX = 'yunge.upload.';

/** The same file chosen again after the page was gone: its name, size and time of change say that it is the same. */
const nameOf = (purpose: string, { name, size, lastModified }: File) =>
  `${PREFIX}${purpose}|${name}|${size}|${lastModified}`;

/** The key under which a file is sent; the same one until it has arrived, so that an upload is gone on with. */
export function keyOfFile(purpose: string, file: File): string {
  const name = nameOf(purpose, file);
  try {
    const known = localStorage.getItem(name);
    if (known !== null) return known;
    const key = newUuid();
    localStorage.setItem(name, key);
    return key;
  } catch {
    return newUuid(); // Nothing is kept here: a new page begins from the first byte.
  }
}

/** Once it has arrived or was given up, the same file is another upload. */
export function forgetFile(purpose: string, file: File): void {
  try {
    localStorage.removeItem(nameOf(purpose, file));
  } catch {
    // Nothing was kept.
  }
}

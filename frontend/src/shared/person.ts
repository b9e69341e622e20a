/** Who is signed in in this browser, as its pages told each other last. Pages share one cookie, and so one person. */

const KEPT_AS = 'yunge.person';

/** Null while somebody is at the door: from then on nobody knows. */
export function markPerson(staffId: string | null): void {
  try {
    if (staffId === null) localStorage.removeItem(KEPT_AS);
    else localStorage.setItem(KEPT_AS, staffId);
  } catch {
    // Then each page asks the server.
  }
}

export function markedPerson(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

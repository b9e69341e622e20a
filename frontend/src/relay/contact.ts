/** The last answer of the server: when the device's clock said that it came, and when the server says that it sent it. */
export type Contact = { deviceAt: string; serverAt: string };

let last: Contact | null = null;

/** Notes an answer by its `Date` header, which the server's clock writes to the second. */
export function noteContact(response: Response, deviceNow: number = Date.now()): void {
  const serverNow = Date.parse(response.headers.get('Date') ?? '');
  if (Number.isNaN(serverNow)) return;
  last = { deviceAt: new Date(deviceNow).toISOString(), serverAt: new Date(serverNow).toISOString() };
}

export function lastContact(): Contact | null {
  return last;
}

/** This moment by the server's clock, as far as the last answer tells; without an answer, by the device's own. */
export function serverNow(deviceNow: number = Date.now()): Date {
  const ahead = last ? Date.parse(last.serverAt) - Date.parse(last.deviceAt) : 0;
  // An answer is a second or so old when it is read: a clock that is right is left alone.
  return new Date(Math.abs(ahead) < 5_000 ? deviceNow : deviceNow + ahead);
}

/**
 * Sends a file in parts that can be taken up again, as tus does (tus.io): who is asked first says how many bytes it has,
 * and only the rest is sent. An interrupted part costs that part, not the file.
 */

export type FileFacts = { key: string; name: string; type: string; sizeBytes: number };

/** The server's side. Every call may be repeated: `key` names the upload, the offset names the place. */
export type Transport<Done> = {
  /** Begins an upload, or finds the one under this key. */
  begin: (file: FileFacts, signal: AbortSignal) => Promise<{ receivedBytes: number }>;
  send: (key: string, fromByte: number, part: Blob, signal: AbortSignal) => Promise<{ receivedBytes: number }>;
  finish: (key: string, signal: AbortSignal) => Promise<Done>;
};

/** The server's word that it does not want this file: trying again would not help. `message` is for people. */
export class UploadRefused extends Error {
  override name = 'UploadRefused';
}

type Options = {
  key: string;
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
  partBytes?: number;
  /** How long to wait before each new try after a failure; a part that arrives begins the count anew. */
  waitsMs?: readonly number[];
};

const PART_BYTES = 512 * 1024;
const WAITS_MS = [1_000, 3_000, 9_000];

/** Resolves with the server's last word; rejects when it refuses, when the tries are used up or `signal` says so. */
export async function sendInParts<Done>(
  file: File,
  transport: Transport<Done>,
  { key, signal, onProgress, partBytes = PART_BYTES, waitsMs = WAITS_MS }: Options,
): Promise<Done> {
  const facts = { key, name: file.name, type: file.type, sizeBytes: file.size };
  let failures = 0;
  for (;;) {
    try {
      let { receivedBytes } = await transport.begin(facts, signal);
      onProgress(receivedBytes);
      while (receivedBytes < file.size) {
        const part = file.slice(receivedBytes, receivedBytes + partBytes);
        const before = receivedBytes;
        ({ receivedBytes } = await transport.send(key, before, part, signal));
        if (receivedBytes <= before) throw new Error(`no byte of the part at ${before} was taken`);
        failures = 0;
        onProgress(receivedBytes);
      }
      return await transport.finish(key, signal);
    } catch (error) {
      signal.throwIfAborted();
      const wait = waitsMs[failures];
      if (error instanceof UploadRefused || wait === undefined) throw error;
      failures += 1;
      await pause(wait, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
}

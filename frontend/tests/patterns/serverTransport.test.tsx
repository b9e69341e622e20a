import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { RelayEnvironmentProvider } from 'react-relay';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEnvironment } from '@/relay/environment';
import { sendInParts, UploadRefused } from '@/shared/patterns/sendInParts';
import { useServerTransport } from '@/shared/patterns/useServerTransport';

const KEY = '0b6a1f0e-7a57-4c55-9a34-6f6d2f6f3a11';
const file = () => new File([new Uint8Array(1_000)], '机构.csv', { type: 'text/csv', lastModified: 1 });
type Looked = { state: string; refusal: unknown };

/** The door as the server keeps it: an address, bytes from an offset on, once, and a worker's word. */
function door(looked: Looked, { breaksAt = -1 } = {}) {
  let received = 0;
  let isArrived = false;
  const offsets: number[] = [];
  const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
  const answer = async (
    address: string,
    { body, headers }: { body: string | Blob; headers: Record<string, string> },
  ) => {
    if (address === '/graphql') {
      const { variables } = JSON.parse(body as string) as { variables: { input?: unknown } };
      return variables.input
        ? json({
            data: {
              askForUpload: { __typename: 'AskForUploadSuccess', address: '/uploads/t', receivedBytes: received },
            },
          })
        : json({ data: { storedFile: { id: `StoredFile:${KEY}`, ...looked } } });
    }
    const offset = Number(headers['Upload-Offset']);
    if (isArrived) return json({ errors: [{ message: '', extensions: { code: 'UPLOAD_DONE' } }] }, 409);
    expect(offset).toBe(received);
    offsets.push(offset);
    if (offset === breaksAt) {
      breaksAt = -1;
      throw new TypeError('network');
    }
    received += (body as Blob).size;
    isArrived = received === 1_000;
    return json({ state: 'EXPECTED', receivedBytes: received });
  };
  vi.stubGlobal('fetch', answer);
  return { offsets };
}

function transport() {
  const environment = createEnvironment(() => undefined);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <RelayEnvironmentProvider environment={environment}>{children}</RelayEnvironmentProvider>
  );
  return renderHook(() => useServerTransport('import'), { wrapper }).result.current;
}

const send = () =>
  sendInParts(file(), transport(), {
    key: KEY,
    partBytes: 400,
    waitsMs: [1],
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });

afterEach(() => vi.unstubAllGlobals());

describe("the server's door", () => {
  it('takes a file in parts, goes on where the line broke, and answers with its id', async () => {
    const { offsets } = door({ state: 'CHECKED', refusal: null }, { breaksAt: 400 });
    expect(await send()).toBe(`StoredFile:${KEY}`);
    expect(offsets).toEqual([0, 400, 400, 800]);
  });

  it('tells in words why a file is not kept, and does not try again', async () => {
    const said = {
      __typename: 'Statement',
      code: 'FILE_NOT_WANTED',
      values: [{ name: 'file_looks', text: 'PDF', number: null, fen: null, date: null }],
    };
    door({ state: 'REFUSED', refusal: said });
    const refused = await send().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UploadRefused);
    expect((refused as Error).message).toContain('PDF');
  });
});

import { describe, expect, it, vi } from 'vitest';
import { GraphQLFailure, sendDocument } from '@/relay/network';

const REQUEST = { id: 'abc123', name: 'SomeQuery' };
const answering = (status: number, body: unknown) =>
  vi.fn<typeof fetch>(async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));

async function failureOf(send: typeof fetch): Promise<GraphQLFailure> {
  const error = await sendDocument(REQUEST, {}, send).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GraphQLFailure);
  return error as GraphQLFailure;
}

describe('a document on its way', () => {
  it('goes by its id, with the header that other sites cannot send, and without its text', async () => {
    const send = answering(200, { data: { viewer: null } });
    await expect(sendDocument(REQUEST, { first: 5 }, send)).resolves.toEqual({ data: { viewer: null } });
    const [address, options] = send.mock.calls[0]!;
    expect(address).toBe('/graphql');
    expect(options).toMatchObject({ method: 'POST', credentials: 'same-origin' });
    expect(options!.headers).toMatchObject({ 'X-Yunge': '1', 'Content-Type': 'application/json' });
    expect(JSON.parse(String(options!.body))).toEqual({ documentId: 'abc123', variables: { first: 5 } });
  });

  it.each([
    [200, { data: null, errors: [{ message: 'x', extensions: { code: 'FORBIDDEN' } }] }, 'FORBIDDEN'],
    [403, { errors: [{ message: 'x', extensions: { code: 'CROSS_SITE' } }] }, 'CROSS_SITE'],
    [401, 'not json', 'UNAUTHENTICATED'],
    [413, {}, 'BODY_TOO_LARGE'],
    [429, '', 'RATE_LIMITED'],
    [503, '<html>', 'UNAVAILABLE'],
    [500, {}, 'INTERNAL'],
    [200, '', 'INTERNAL'],
    [200, { data: null }, 'INTERNAL'],
    [200, { errors: [{ message: 'x' }] }, 'INTERNAL'],
  ])('%d with %j is the failure %s', async (status, body, code) => {
    expect((await failureOf(answering(status, body))).code).toBe(code);
  });

  it('says that the network is gone, or that it took too long', async () => {
    const gone = vi.fn<typeof fetch>(() => Promise.reject(new TypeError('Failed to fetch')));
    expect((await failureOf(gone)).code).toBe('NETWORK');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const slow = vi.fn<typeof fetch>(
      (_, options) =>
        new Promise((_answered, failed) => {
          options!.signal!.addEventListener('abort', () => failed(new DOMException('x', 'AbortError')));
        }),
    );
    const failure = failureOf(slow);
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await failure).code).toBe('TIMEOUT');
    vi.useRealTimers();
  });
});

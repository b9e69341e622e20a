import type { GraphQLResponse, RequestParameters, Variables } from 'relay-runtime';
import { noteContact } from './contact';

/** The server answered, but not with data: `code` is stable, the message is for the log. */
export class GraphQLFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'GraphQLFailure';
  }
}

type ServerError = { message: string; extensions?: { code?: string } };
type Answer = { data?: Record<string, unknown> | null; errors?: ServerError[] };

const BY_STATUS: Record<number, string> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'DOCUMENT_NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  429: 'RATE_LIMITED',
  503: 'UNAVAILABLE',
};

const TIMEOUT_MS = 30_000;

async function readAnswer(response: Response): Promise<Answer | null> {
  try {
    return (await response.json()) as Answer;
  } catch {
    return null;
  }
}

function failureOf(response: Response, answer: Answer | null): GraphQLFailure | null {
  const first = answer?.errors?.[0];
  if (first) {
    const code = first.extensions?.code ?? BY_STATUS[response.status] ?? 'INTERNAL';
    return new GraphQLFailure(code, first.message);
  }
  if (!response.ok || !answer?.data) {
    return new GraphQLFailure(BY_STATUS[response.status] ?? 'INTERNAL', `HTTP ${response.status}`);
  }
  return null;
}

/** Sends a document by its id; the text never leaves the build. */
export async function sendDocument(
  request: Pick<RequestParameters, 'id' | 'name'>,
  variables: Variables,
  send: typeof fetch = fetch,
): Promise<GraphQLResponse> {
  let response: Response;
  // `AbortSignal.timeout` is younger than phones that are in use: Safari 16, Chrome 103.
  const patience = new AbortController();
  let isTimeout = false;
  const timer = setTimeout(() => {
    isTimeout = true;
    patience.abort();
  }, TIMEOUT_MS);
  try {
    response = await send('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        // Refusals come in the language of the page, whatever the browser's own is.
        'Accept-Language': document.documentElement.lang || 'zh-CN',
        'X-Yunge': '1',
      },
      body: JSON.stringify({ documentId: request.id, variables }),
      signal: patience.signal,
    });
  } catch (error) {
    clearTimeout(timer);
    throw new GraphQLFailure(isTimeout ? 'TIMEOUT' : 'NETWORK', String(error));
  }
  noteContact(response);
  const answer = await readAnswer(response);
  clearTimeout(timer);
  if (isTimeout && answer === null) throw new GraphQLFailure('TIMEOUT', 'The answer did not come to its end');
  const failure = failureOf(response, answer);
  if (failure) throw failure;
  return answer as GraphQLResponse;
}

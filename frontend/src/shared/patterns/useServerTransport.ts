import { useMemo } from 'react';
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay';
import { commitMutation, type IEnvironment } from 'relay-runtime';
import type { useServerTransportAskMutation } from '@/__generated__/useServerTransportAskMutation.graphql';
import type { useServerTransportFileQuery } from '@/__generated__/useServerTransportFileQuery.graphql';
import { GraphQLFailure } from '@/relay/network';
import { refusalSentence } from '../failure';
import { useStatement } from '../statements/useStatement';
import { type FileFacts, type Transport, UploadRefused } from './sendInParts';

const ASKED_EVERY_MS = 700;
const LOOKED_AT_WITHIN_MS = 120_000;

/** The server's door for files of a purpose; what it answers is the file's id, once a worker has looked at it. */
export function useServerTransport(purpose: string): Transport<string> {
  const environment = useRelayEnvironment();
  const say = useStatement();
  return useMemo(() => {
    const addresses = new Map<string, { address: string; sizeBytes: number; isEnded: boolean }>();
    return {
      begin: async (file) => {
        const { address, receivedBytes } = await askForUpload(environment, purpose, file);
        addresses.set(file.key, { address, sizeBytes: file.sizeBytes, isEnded: false });
        return { receivedBytes };
      },
      send: async (key, fromByte, part, signal) => {
        const sending = addresses.get(key)!;
        const answer = await put(sending.address, fromByte, part, signal);
        // The part that completes a file ends it.
        sending.isEnded = answer.receivedBytes === sending.sizeBytes;
        return answer;
      },
      finish: async (key, signal) => {
        const { address, sizeBytes, isEnded } = addresses.get(key)!;
        // All of it may have been there before: then nothing was sent, and its end has to be said.
        if (!isEnded)
          await put(address, sizeBytes, new Blob([]), signal).catch((error: unknown) => {
            if (!(error instanceof GraphQLFailure) || error.code !== 'UPLOAD_DONE') throw error;
          });
        return whenLookedAt(environment, key, say, signal);
      },
    };
  }, [environment, purpose, say]);
}

function askForUpload(environment: IEnvironment, purpose: string, { key, name, sizeBytes }: FileFacts) {
  return new Promise<{ address: string; receivedBytes: number }>((resolve, reject) => {
    commitMutation<useServerTransportAskMutation>(environment, {
      mutation: graphql`
        mutation useServerTransportAskMutation($input: AskForUploadInput!) {
          askForUpload(input: $input) {
            __typename
            ... on AskForUploadSuccess {
              address
              receivedBytes
            }
            ... on UploadNotGiven {
              code
              message
            }
          }
        }
      `,
      variables: { input: { fileId: key, purpose, name, sizeBytes } },
      onCompleted: ({ askForUpload: result }) => {
        if (result.__typename === 'AskForUploadSuccess') resolve(result);
        else if (result.__typename === 'UploadNotGiven')
          reject(new UploadRefused(refusalSentence(result.code, result.message)));
      },
      onError: reject,
    });
  });
}

type Answer = { receivedBytes?: number; errors?: { message: string; extensions: { code: string } }[] };

async function put(address: string, fromByte: number, part: Blob, signal: AbortSignal) {
  let response: Response;
  try {
    response = await fetch(address, {
      method: 'PUT',
      credentials: 'same-origin',
      headers: {
        'Content-Type': 'application/octet-stream',
        'Accept-Language': document.documentElement.lang || 'zh-CN',
        'Upload-Offset': String(fromByte),
        'X-Yunge': '1',
      },
      body: part,
      signal,
    });
  } catch (error) {
    throw new GraphQLFailure('NETWORK', String(error));
  }
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (response.ok && answer.receivedBytes !== undefined) return { receivedBytes: answer.receivedBytes };
  const wrong = answer.errors?.[0];
  // More than was announced, or no room: sending it again would end alike.
  if (wrong && (response.status === 413 || response.status === 507)) throw new UploadRefused(wrong.message);
  throw new GraphQLFailure(wrong?.extensions.code ?? 'NETWORK', wrong?.message ?? `HTTP ${response.status}`);
}

async function whenLookedAt(
  environment: IEnvironment,
  key: string,
  say: ReturnType<typeof useStatement>,
  signal: AbortSignal,
): Promise<string> {
  const id = `StoredFile:${key}`;
  for (let waitedMs = 0; waitedMs < LOOKED_AT_WITHIN_MS; waitedMs += ASKED_EVERY_MS) {
    signal.throwIfAborted();
    const answer = await fetchQuery<useServerTransportFileQuery>(
      environment,
      graphql`
        query useServerTransportFileQuery($id: ID!) {
          storedFile(id: $id) {
            state
            refusal {
              ...useStatement_said
            }
          }
        }
      `,
      { id },
      { networkCacheConfig: { force: true } },
    ).toPromise();
    const file = answer?.storedFile;
    if (file?.state === 'CHECKED') return id;
    if (file?.refusal) throw new UploadRefused(say(file.refusal));
    await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY_MS));
  }
  throw new GraphQLFailure('TIMEOUT', 'Nobody looked at the file');
}

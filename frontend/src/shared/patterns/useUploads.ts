import { useEffect, useRef, useState } from 'react';
import { failureSentence } from '../failure';
import { sendInParts, type Transport, UploadRefused } from './sendInParts';
import { forgetFile, keyOfFile } from './uploadKeys';

export type UploadState<Done> =
  | { state: 'sending'; sentBytes: number }
  | { state: 'failed'; sentBytes: number; sentence: string; canGoOn: boolean }
  | { state: 'done'; answer: Done };
export type Upload<Done> = { key: string; file: File; now: UploadState<Done> };

type Options<Done> = {
  /** What the files are for and of whom, so that the same file for another is another upload. */
  purpose: string;
  transport: Transport<Done>;
  onDone: (answer: Done) => void;
};

/** The uploads of one place on a page: begun at once, one after another in the order chosen, each gone on with alone. */
export function useUploads<Done>({ purpose, transport, onDone }: Options<Done>) {
  const [uploads, setUploads] = useState<readonly Upload<Done>[]>([]);
  const aborts = useRef(new Map<string, AbortController>());
  const queue = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    const running = aborts.current;
    return () => running.forEach((abort) => abort.abort());
  }, []);

  const put = (key: string, now: (before: UploadState<Done>) => UploadState<Done>) =>
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, now: now(upload.now) } : upload)));

  const run = async (key: string, file: File, abort: AbortController) => {
    if (abort.signal.aborted) return;
    let sent = 0;
    const onProgress = (sentBytes: number) => {
      sent = sentBytes;
      put(key, () => ({ state: 'sending', sentBytes }));
    };
    try {
      const answer = await sendInParts(file, transport, { key, signal: abort.signal, onProgress });
      forgetFile(purpose, file);
      put(key, () => ({ state: 'done', answer }));
      onDone(answer);
    } catch (error) {
      if (abort.signal.aborted) return;
      const isRefused = error instanceof UploadRefused;
      const sentence = isRefused ? error.message : failureSentence(error);
      put(key, () => ({ state: 'failed', sentBytes: sent, sentence, canGoOn: !isRefused }));
    }
  };
  const start = (key: string, file: File) => {
    const abort = new AbortController();
    aborts.current.set(key, abort);
    queue.current = queue.current.then(() => run(key, file, abort));
  };
  const add = (files: readonly File[]) => {
    const fresh = files
      .map((file) => ({ key: keyOfFile(purpose, file), file }))
      .filter(({ key }) => uploads.every((upload) => upload.key !== key));
    setUploads((all) => [
      ...all,
      ...fresh.map((each) => ({ ...each, now: { state: 'sending', sentBytes: 0 } as const })),
    ]);
    for (const { key, file } of fresh) start(key, file);
  };
  const goOn = ({ key, file }: Upload<Done>) => {
    put(key, (before) => ({ state: 'sending', sentBytes: before.state === 'failed' ? before.sentBytes : 0 }));
    start(key, file);
  };
  const remove = ({ key, file, now }: Upload<Done>) => {
    aborts.current.get(key)?.abort();
    if (now.state !== 'done') forgetFile(purpose, file);
    setUploads((all) => all.filter((upload) => upload.key !== key));
  };
  return { uploads, add, goOn, remove };
}

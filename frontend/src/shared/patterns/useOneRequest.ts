import { useRef, useState } from 'react';
import { failureSentence, refusalSentence } from '@/shared/failure';
import { newUuid } from '@/shared/uuid';

type Refusal = { readonly code: string; readonly message: string };

/**
 * The requests that a person makes one after another, the key of the next one and why the last was not done. Sent again
 * without an answer a request keeps its key; after an answer, also a refusal, the next one is another request.
 */
export function useOneRequest() {
  const [sentence, setSentence] = useState<string | null>(null);
  const [idempotencyKey, setIdempotencyKey] = useState(newUuid);
  const sent = useRef(idempotencyKey);
  return {
    sentence,
    idempotencyKey,
    /** Whoever begins sends the key of this render; the one after it is for another request. */
    begin: () => {
      setSentence(null);
      sent.current = idempotencyKey;
      setIdempotencyKey(newUuid());
    },
    refuse: ({ code, message }: Refusal) => setSentence(refusalSentence(code, message)),
    fail: (error: unknown) => {
      setSentence(failureSentence(error));
      setIdempotencyKey(sent.current);
    },
  };
}

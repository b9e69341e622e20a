import { useState } from 'react';
import { failureSentence, refusalSentence } from '@/shared/failure';
import { newUuid } from '@/shared/uuid';

type Refusal = { readonly code: string; readonly message: string };

/**
 * One request that a person makes, its key and why it was not done. Sent again without an answer it keeps its key; a
 * refusal is an answer, so the next try is another request.
 */
export function useOneRequest() {
  const [sentence, setSentence] = useState<string | null>(null);
  const [idempotencyKey, setIdempotencyKey] = useState(newUuid);
  return {
    sentence,
    idempotencyKey,
    begin: () => setSentence(null),
    refuse: ({ code, message }: Refusal) => {
      setSentence(refusalSentence(code, message));
      setIdempotencyKey(newUuid());
    },
    fail: (error: unknown) => setSentence(failureSentence(error)),
  };
}

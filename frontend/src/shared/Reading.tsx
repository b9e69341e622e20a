import { type ReactNode, Suspense, useContext, useState } from 'react';
import { ErrorBoundary } from './ErrorBoundary';
import { SessionContext } from './session';
import { Failed, Waiting } from './states';

type Props = {
  /** Another key is another question: an error of the last one is forgotten. */
  askKey?: string;
  waiting?: ReactNode;
  children: (attempt: number) => ReactNode;
};

/**
 * Around whatever reads from the server: skeleton while waiting, a sentence and a retry when it fails. A night that
 * came in is another attempt: what was read before it is asked for again.
 */
export function Reading({ askKey = '', waiting = <Waiting />, children }: Props) {
  const [attempt, setAttempt] = useState(0);
  const nights = useContext(SessionContext)?.nights ?? 0;
  const [readAfter, setReadAfter] = useState(nights);
  if (readAfter !== nights) {
    setReadAfter(nights);
    setAttempt(attempt + 1);
  }
  return (
    <ErrorBoundary
      resetKey={`${askKey}#${attempt}`}
      fallback={(error) => <Failed error={error} retry={() => setAttempt((current) => current + 1)} />}
    >
      <Suspense fallback={waiting}>{children(attempt)}</Suspense>
    </ErrorBoundary>
  );
}

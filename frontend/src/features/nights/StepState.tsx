import { useCodeWord } from '@/shared/words';
import './nights.css';

type Props = { state: string };

/** A word and a sign, never a colour alone. */
export function StepState({ state }: Props) {
  const word = useCodeWord();
  const sign = { DONE: '✓', FAILED: '✕', RUNNING: '●', WAITING: '○' }[state] ?? '';
  return (
    <span className={`step-state step-state-${state.toLowerCase()}`}>
      <span aria-hidden="true">{sign}</span> {word('stepState', state)}
    </span>
  );
}

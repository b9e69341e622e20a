import { useTranslation } from 'react-i18next';
import './nights.css';

type Props = { state: string; progress: number; share: number };

/** How far a running step is; of a finished one, how long it took beside the longest. */
export function StepProgress({ state, progress, share }: Props) {
  const { t } = useTranslation();
  if (state === 'WAITING') return null;
  const isRunning = state === 'RUNNING';
  const percent = Math.round((isRunning ? progress : share) * 100);
  return (
    <span
      className={isRunning ? 'bar bar-running' : 'bar'}
      {...(isRunning
        ? {
            role: 'progressbar',
            'aria-valuenow': percent,
            'aria-valuemin': 0,
            'aria-valuemax': 100,
            'aria-label': t('nights.progress'),
          }
        : { 'aria-hidden': true })}
    >
      <span style={{ inlineSize: `${Math.max(percent, 1)}%` }} />
    </span>
  );
}

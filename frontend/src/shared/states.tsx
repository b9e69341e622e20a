import { useTranslation } from 'react-i18next';
import { failureSentence } from './failure';

type FailedProps = { error: unknown; retry: () => void };

/** Something was thrown: what happened, and a way on. */
export function Failed({ error, retry }: FailedProps) {
  const { t } = useTranslation();
  return (
    <div className="failed" role="alert">
      <p className="failed-title">{t('state.failed')}</p>
      <p>{failureSentence(error)}</p>
      <button type="button" className="small-button" onClick={retry}>
        {t('action.retry')}
      </button>
    </div>
  );
}

type WaitingProps = { rows?: number };

/** The shape of what is coming, so that nothing jumps when it is there. */
export function Waiting({ rows = 8 }: WaitingProps) {
  const { t } = useTranslation();
  return (
    <div className="waiting" role="status" aria-label={t('state.waiting')}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} style={{ inlineSize: `${92 - ((row * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

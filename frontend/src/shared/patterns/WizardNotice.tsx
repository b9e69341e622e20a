import { useTranslation } from 'react-i18next';
import { formatInstant } from '../format';
import type { Draft } from './useDraft';

type Props = {
  draft: Pick<Draft<unknown>, 'isResumed' | 'isKept' | 'isSent' | 'savedAt' | 'discard'>;
  isWaiting: boolean;
};

/** What a person should know of the draft: that it was gone on with, that no answer came, that it cannot be kept. */
export function WizardNotice({ draft, isWaiting }: Props) {
  const { t } = useTranslation();
  if (draft.isSent) return isWaiting ? null : <p className="wizard-notice">{t('wizard.unanswered')}</p>;
  if (!draft.isKept) return <p className="wizard-notice">{t('wizard.notKept')}</p>;
  if (!draft.isResumed) return null;
  return (
    <p className="wizard-notice" role="status">
      {t('wizard.resumed', { at: formatInstant(draft.savedAt) })}{' '}
      <button type="button" className="link" onClick={draft.discard}>
        {t('wizard.startAnew')}
      </button>
    </p>
  );
}

import { useTranslation } from 'react-i18next';

type Props = {
  titles: readonly string[];
  at: number;
  /** Null while nothing may be changed. */ onGo: ((to: number) => void) | null;
};

/** Where one is: the steps that are done lead back, the others are only named. */
export function WizardTrail({ titles, at, onGo }: Props) {
  const { t } = useTranslation();
  return (
    <nav className="wizard-trail" aria-label={t('wizard.steps')}>
      <p className="faint number">{t('wizard.stepOf', { at: at + 1, all: titles.length })}</p>
      <ol>
        {titles.map((title, place) => (
          <li
            key={title}
            aria-current={place === at ? 'step' : undefined}
            className={place < at ? 'wizard-done' : undefined}
          >
            {place < at && onGo ? (
              <button type="button" className="link" onClick={() => onGo(place)}>
                {`✓ ${title}`}
              </button>
            ) : (
              <span>{title}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

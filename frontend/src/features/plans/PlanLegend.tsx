import { useTranslation } from 'react-i18next';
import { type Shading, STEPS } from './shades';
import './plans.css';

type Props = {
  shading: Shading;
  isPreview: boolean;
  /** Whether there is a plan in force to differ from. */
  isBesideAnother: boolean;
};

/** What lines and colours mean. */
export function PlanLegend({ shading, isPreview, isBesideAnother }: Props) {
  const { t } = useTranslation();
  return (
    <section className="plan-legend" aria-label={t('plans.legend')}>
      <h2>{t(`plans.shade${shading}`)}</h2>
      <ul>
        {shading === 'MINUTES' && (
          <li>
            {STEPS.map((colour) => (
              <span key={colour} className="plan-step" style={{ background: colour }} aria-hidden="true" />
            ))}{' '}
            {t('plans.littleToMuch')}
          </li>
        )}
        {isBesideAnother && (
          <>
            <li>
              <span className="plan-key plan-key-now" aria-hidden="true" /> {t('plans.keyNow')}
            </li>
            <li>
              <span className="plan-key plan-key-moved" aria-hidden="true" />{' '}
              {t(isPreview ? 'plans.keyMovedHere' : 'plans.keyMoved')}
            </li>
          </>
        )}
        <li>
          <span className="plan-key plan-key-chosen" aria-hidden="true" /> {t('plans.keyChosen')}
        </li>
        <li>
          <span className="plan-key plan-key-none" aria-hidden="true" /> {t('plans.keyNone')}
        </li>
      </ul>
    </section>
  );
}

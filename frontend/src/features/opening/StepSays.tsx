import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { StepSays_step$key } from '@/__generated__/StepSays_step.graphql';
import { useCan } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import './opening.css';

type Props = { step: StepSays_step$key };

/** What is there, what is missing, what is worth a look, and what to do next. */
export function StepSays({ step }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const mayHandOut = useCan('ACCOUNTS_HAND_OUT');
  const mayDraw = useCan('GRIDS_EDIT');
  const mayStart = useCan('NIGHTS_VIEW');
  const { name, told, lacks, notes, advice, after } = useFragment(
    graphql`
      fragment StepSays_step on OpeningStep {
        name
        told {
          message
        }
        lacks {
          message
        }
        notes {
          message
        }
        advice {
          message
        }
        after
      }
    `,
    step,
  );
  return (
    <div className="opening-says">
      <ul>
        {told.map(({ message }) => (
          <li key={message} className="opening-told">
            {message}
          </li>
        ))}
        {lacks.map(({ message }) => (
          <li key={message} className="opening-lack">
            {message}
          </li>
        ))}
        {notes.map(({ message }) => (
          <li key={message} className="opening-note">
            {message}
          </li>
        ))}
      </ul>
      {after.length > 0 && lacks.length > 0 && (
        <p className="faint">
          {t('opening.waitsFor', {
            steps: after.map((one) => word('openingStep', one)).join(t('unit.listSeparator')),
          })}
        </p>
      )}
      {advice && (
        <p>
          <strong>{t('opening.next')}</strong> {advice.message}
        </p>
      )}
      {name === 'STAFF' && mayHandOut && <Link to="/accounts">{t('opening.toAccounts')}</Link>}
      {name === 'GRIDS' && mayDraw && <Link to="/plans">{t('opening.toPlans')}</Link>}
      {name === 'SOURCES' && mayStart && <Link to="/sources">{t('opening.toSources')}</Link>}
      {(name === 'NIGHT' || name === 'SOURCES') && mayStart && <Link to="/nights">{t('opening.toNights')}</Link>}
    </div>
  );
}

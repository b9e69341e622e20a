import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import './plans.css';

type Props = { state: string; fromOn: string | null; toOn: string | null };

const TONES: Record<string, string> = {
  DRAFT: 'tag',
  CHECKED: 'tag tag-waiting',
  APPROVED: 'tag tag-waiting',
  IN_FORCE: 'tag tag-done',
};

/** Where a plan stands, with the days that belong to it. */
export function PlanStateTag({ state, fromOn, toOn }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  return (
    <span>
      <span className={TONES[state] ?? 'tag'}>{word('planState', state)}</span>{' '}
      {fromOn && (
        <span className="faint">
          {toOn ? t('plans.fromTo', { from: fromOn, to: toOn }) : t('plans.from', { day: fromOn })}
        </span>
      )}
    </span>
  );
}

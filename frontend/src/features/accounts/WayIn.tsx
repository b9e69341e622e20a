import { useTranslation } from 'react-i18next';
import { formatInstant } from '@/shared/format';
import { useCodeWord } from '@/shared/words';
import './accounts.css';

type Props = {
  row: {
    readonly state: string;
    readonly codeUntil?: string | null;
    readonly lockedUntil?: string | null;
  };
};

const TAGS: Record<string, string | undefined> = {
  OPEN: 'tag tag-done',
  CODE: 'tag tag-waiting',
  CODE_OVER: 'tag tag-waiting',
  LOCKED: 'tag tag-overdue',
};

/** Where somebody's way in stands, and up to when a code can be used or a lock holds. */
export function WayIn({ row: { state, codeUntil, lockedUntil } }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const until = state === 'CODE' ? codeUntil : state === 'LOCKED' ? lockedUntil : null;
  return (
    <>
      <span className={TAGS[state] ?? 'tag'}>{word('accountState', state)}</span>{' '}
      {until && <span className="faint number">{t('accounts.until', { at: formatInstant(until) })}</span>}
    </>
  );
}

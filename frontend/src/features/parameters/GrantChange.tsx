import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import './parameters.css';

type Days = { readonly from_on?: string | null; readonly to_on?: string | null };
type Content = Days & {
  readonly staff?: string;
  readonly staff_name?: string;
  readonly of?: string;
  readonly code?: string;
  readonly name?: string | null;
};
type Props = { before: Days; after: Content };

/** What somebody would see beside what his role gives, and on which days. */
export function GrantChange({ before, after }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const days = ({ from_on, to_on: to }: Days) => {
    const from = from_on ?? '';
    return to ? t('parameters.fromTo', { from, to }) : t('parameters.fromOn', { day: from });
  };
  return (
    <>
      <h3>{t('rights.grant', { name: after.staff_name ?? '', staff: after.staff ?? '' })}</h3>
      <p className="proposal-change">
        <span className="faint">{word('grantOf', after.of ?? '')}</span>{' '}
        <ins>{[after.code, after.name].filter(Boolean).join(' ')}</ins>{' '}
        <span className="faint">
          {before.from_on && <del>{days(before)}</del>} {days(after)}
        </span>
      </p>
    </>
  );
}

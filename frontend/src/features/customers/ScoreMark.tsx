import { useTranslation } from 'react-i18next';
import { formatPercent } from '@/shared/format';
import './customers.css';

type Props = { score: number | null | undefined; band: number | null | undefined };

/** The chance of leaving in percent, with its band: a number, a bar and a word, never a colour alone. */
export function ScoreMark({ score, band }: Props) {
  const { t } = useTranslation();
  if (score == null) return <span className="faint">{t('customers.unscored')}</span>;
  return (
    <span className="score" title={band == null ? undefined : t('customers.band', { band })}>
      <span className="score-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.max(4, Math.min(100, score * 100))}%` }} />
      </span>
      <span className="number">{formatPercent(score)}%</span>
    </span>
  );
}

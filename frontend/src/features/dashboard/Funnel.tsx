import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/EmptyState';
import { formatCount, formatPercent } from '@/shared/format';
import { useCodeWord } from '@/shared/words';
import { denominatorsOf } from './denominators';
import './dashboard.css';

type Step = {
  readonly step: string;
  readonly count: number;
  readonly denominator: string;
  readonly denominatorCount?: number | null;
};
type Props = { steps: readonly Step[] };

/** Bars start at zero and are drawn to one scale; a rate names what it is a rate of. */
export function Funnel({ steps }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  if (steps.length === 0) return <EmptyState title={t('dashboard.noFunnel')} advice={t('dashboard.noFunnelAdvice')} />;
  const widest = Math.max(1, ...steps.map(({ count }) => count));
  const rates = ({ count, denominator, denominatorCount }: Step) => {
    const known = denominatorsOf(denominator, denominatorCount ?? null).filter((found) => found.count > 0);
    if (known.length === 0) return [denominator];
    return known.map(({ name, count: whole }) =>
      t('dashboard.rateOf', { denominator: name, rate: formatPercent(count / whole) }),
    );
  };
  return (
    <ol className="funnel">
      {steps.map((row) => (
        <li key={row.step} title={row.denominator}>
          <span>{word('funnelStep', row.step)}</span>
          <span className="funnel-track" aria-hidden="true">
            {row.count > 0 && <span style={{ inlineSize: `${(row.count / widest) * 100}%` }} />}
          </span>
          <span className="funnel-count number">{formatCount(row.count)}</span>
          <span className="funnel-rate faint">
            {rates(row).map((rate) => (
              <span key={rate}>{rate}</span>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

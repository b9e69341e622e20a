import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/EmptyState';
import { formatCount, formatPercent } from '@/shared/format';
import { useCodeWord } from '@/shared/words';
import './dashboard.css';

type Denominator = { readonly of: string; readonly count: number };
type Step = { readonly step: string; readonly count: number; readonly denominators: readonly Denominator[] };
type Props = { steps: readonly Step[] };

/** Bars start at zero and are drawn to one scale; a rate names what it is a rate of. */
export function Funnel({ steps }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  if (steps.length === 0) return <EmptyState title={t('dashboard.noFunnel')} advice={t('dashboard.noFunnelAdvice')} />;
  const widest = Math.max(1, ...steps.map(({ count }) => count));
  /** Some denominators have a name of their own beside one step: whoever is in a grid is to be visited. */
  const nameOf = (step: string, of: string, count?: number) => {
    const named = word('funnelOf', `${step}_${of}`, count);
    return named === `${step}_${of}` ? word('funnelOf', of, count) : named;
  };
  const named = ({ step, denominators }: Step) =>
    denominators.map(({ of, count }) =>
      t('dashboard.denominator', { name: nameOf(step, of, count), whole: formatCount(count) }),
    );
  const rates = ({ step, count, denominators }: Step) =>
    denominators
      .filter((one) => one.count > 0)
      .map((one) =>
        t('dashboard.rateOf', { denominator: nameOf(step, one.of), rate: formatPercent(count / one.count) }),
      );
  return (
    <ol className="funnel">
      {steps.map((row) => (
        <li key={row.step} title={named(row).join('\n')}>
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

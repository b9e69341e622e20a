import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent } from '@/shared/format';
import { EmptyState } from '@/shared/EmptyState';
import { useCodeWord } from '@/shared/words';

type Step = { readonly step: string; readonly count: number; readonly denominator: string };
type Props = { steps: readonly Step[] };

/** Bars start at zero and are drawn to one scale; the rate of a step is over its own denominator, which is named. */
export function Funnel({ steps }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  if (steps.length === 0) return <EmptyState title={t('dashboard.noFunnel')} advice={t('dashboard.noFunnelAdvice')} />;
  const widest = Math.max(1, ...steps.map(({ count }) => count));
  const counts = new Map(steps.map(({ step, count }) => [step, count]));
  return (
    <ol className="funnel">
      {steps.map(({ step, count, denominator }) => {
        const whole = counts.get(denominator);
        const rate = whole && denominator !== step ? formatPercent(count / whole) : null;
        return (
          <li key={step}>
            <span className="funnel-step">{word('funnelStep', step)}</span>
            <span className="funnel-track" aria-hidden="true">
              <span style={{ inlineSize: `${(count / widest) * 100}%` }} />
            </span>
            <span className="funnel-count number">{formatCount(count)}</span>
            <span className="funnel-rate faint">
              {rate === null ? '' : t('dashboard.rateOf', { rate, denominator: word('funnelStep', denominator) })}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

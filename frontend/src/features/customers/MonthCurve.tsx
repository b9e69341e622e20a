import { useTranslation } from 'react-i18next';
import { formatWan } from '@/shared/format';
import { Money } from '@/shared/Money';
import { type Figure, type knownMonths, monthName } from './months';
import './customers.css';

type Props = { figure: Figure; months: ReturnType<typeof knownMonths> };

const HEIGHT = 100;

/** One figure over the months, from zero upwards: balances are a line, what was taken in within each month is bars. */
export function MonthCurve({ figure, months }: Props) {
  const { t } = useTranslation();
  const amounts = months.map(({ fen }) => fen);
  const highest = Math.max(1, ...amounts);
  const [first, last] = [months[0]!, months[months.length - 1]!];
  const y = (fen: number) => HEIGHT - (Math.max(0, fen) / highest) * HEIGHT;
  const spoken = t('months.spoken', {
    figure: t(`months.${figure}`),
    from: monthName(first.monthOn),
    to: monthName(last.monthOn),
    before: formatWan(first.fen),
    now: formatWan(last.fen),
  });
  return (
    <figure className="month-curve">
      <figcaption>
        <span>{t(`months.${figure}`)}</span>
        <Money fen={last.fen} hasUnit />
      </figcaption>
      <svg viewBox={`0 0 ${months.length} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={spoken}>
        <line className="month-ground" x1="0" x2={months.length} y1={HEIGHT} y2={HEIGHT} />
        {figure === 'posVolumeFen' ? (
          amounts.map((fen, at) => (
            <rect key={at} className="month-bar" x={at + 0.15} y={y(fen)} width="0.7" height={HEIGHT - y(fen)} />
          ))
        ) : (
          <MonthLine heights={amounts.map(y)} />
        )}
        {months.map((month, at) => (
          <rect key={month.monthOn} className="month-hover" x={at} y="0" width="1" height={HEIGHT}>
            <title>{`${monthName(month.monthOn)}  ${formatWan(month.fen)} ${t('unit.wan')}`}</title>
          </rect>
        ))}
      </svg>
      <p className="month-axis faint number" aria-hidden="true">
        <span>{monthName(first.monthOn)}</span>
        <span>{t('months.highest', { amount: formatWan(Math.max(...amounts)) })}</span>
        <span>{monthName(last.monthOn)}</span>
      </p>
    </figure>
  );
}

/** Through the middle of each month; a single month is a short stroke. */
function MonthLine({ heights }: { heights: readonly number[] }) {
  const points = heights.map((height, at) => [at + 0.5, height] as const);
  const only = points.length === 1 ? points[0]! : null;
  const line = only ? `0.2,${only[1]} 0.8,${only[1]}` : points.map(([x, height]) => `${x},${height}`).join(' ');
  const under = only ? `0.2,${HEIGHT} ${line} 0.8,${HEIGHT}` : `0.5,${HEIGHT} ${line} ${points.length - 0.5},${HEIGHT}`;
  return (
    <>
      <polygon className="month-under" points={under} />
      <polyline className="month-line" points={line} />
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatCount } from '@/shared/format';
import './inside.css';

export type Bar = {
  name: string;
  words: string;
  customers: number;
  /** The address of its customers; null where there is none. */
  to: string | null;
};
type Props = { title: string; bars: readonly Bar[]; withheld: number; whole: number };

/** One question: bars that begin at zero, to the scale of all customers, each with the customers behind it. */
export function Bars({ title, bars, withheld, whole }: Props) {
  const { t } = useTranslation();
  const width = (customers: number) => `${(customers / Math.max(1, whole)) * 100}%`;
  return (
    <section className="inside-question" aria-label={title}>
      <h3>{title}</h3>
      <ol>
        {bars.map(({ name, words, customers, to }) => (
          <li key={name}>
            <span>{words}</span>
            <span className="inside-track" aria-hidden="true">
              {customers > 0 && <span style={{ inlineSize: width(customers) }} />}
            </span>
            {to ? (
              <Link
                className="number"
                to={to}
                aria-label={t('inside.bar', { answer: words, customers: formatCount(customers) })}
              >
                {formatCount(customers)}
              </Link>
            ) : (
              <span className="number">{formatCount(customers)}</span>
            )}
          </li>
        ))}
        {withheld > 0 && (
          <li className="faint">
            <span>{t('inside.withheld')}</span>
            <span className="inside-track" aria-hidden="true">
              <span className="inside-withheld" style={{ inlineSize: width(withheld) }} />
            </span>
            <span className="number">{formatCount(withheld)}</span>
          </li>
        )}
      </ol>
    </section>
  );
}

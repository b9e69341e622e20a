import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import './dashboard.css';

type Props = {
  term: string;
  unit: string;
  to: string | null;
  link?: string;
  stamp: string;
  children: ReactNode;
};

/** One figure with its unit, its day, and the way to the rows behind it. */
export function Tile({ term, unit, to, link, stamp, children }: Props) {
  const { t } = useTranslation();
  return (
    <li className="tile">
      <p className="tile-term">{term}</p>
      <p className="tile-value number">
        {children}
        <span className="unit"> {unit}</span>
      </p>
      <p className="tile-foot">
        <span className="stamp number">{stamp}</span>
        {to && <Link to={to}>{link ?? t('dashboard.openRows')}</Link>}
      </p>
    </li>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listOfClass, VISIT_CLASSES } from './visitClasses';
import './grids.css';

type Props = { colours: readonly string[]; dataDate: string | null };

/** 盲区: what the colours of doors mean, each class with the list of its customers behind it. */
export function VisitLegend({ colours, dataDate }: Props) {
  const { t } = useTranslation();
  return (
    <ul aria-label={t('map.lastVisit')}>
      {VISIT_CLASSES.map((one, place) => (
        <li key={one.code}>
          <span className="dot" style={{ background: colours[place] }} aria-hidden="true" />
          {dataDate === null ? (
            t(`visitClass.${one.code}`)
          ) : (
            <Link to={`/customers?${listOfClass(one, dataDate)}`}>{t(`visitClass.${one.code}`)}</Link>
          )}
        </li>
      ))}
    </ul>
  );
}

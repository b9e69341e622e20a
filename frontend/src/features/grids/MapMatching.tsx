import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Matching, MOST_DOTS } from './matching';
import './grids.css';

type Props = { matching: Matching | null; failure: string | null; onDrop: () => void };

/** 名单筛选: that the map shows the list's customers alone, how many they are, and the ways back. */
export function MapMatching({ matching, failure, onDrop }: Props) {
  const { t } = useTranslation();
  return (
    <div className="map-matching" role="status">
      <span>
        {failure ?? (matching ? t('map.matchingCount', { count: matching.total }) : t('map.counting'))}
        {matching && <Drawn {...matching} />}
      </span>
      <span>
        {matching && <Link to={`/customers?${matching.list}`}>{t('map.toList')}</Link>}{' '}
        <button type="button" className="link" onClick={onDrop}>
          {t('map.dropList')}
        </button>
      </span>
    </div>
  );
}

/** What the dots leave out: all of too many, else those without a place. */
function Drawn({ isWhole, total, dots }: Matching) {
  const { t } = useTranslation();
  if (isWhole && dots.length >= total) return null;
  const said = isWhole ? t('map.matchingPlaced', { drawn: dots.length }) : t('map.matchingMany', { most: MOST_DOTS });
  return <span className="faint"> {said}</span>;
}

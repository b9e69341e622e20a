import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '@/shared/session';
import { type CustomerAsk, searchOfAsk, withChange } from './filter';

/** The way to the map with the same question; nothing for who sees no map. */
export function OnMapLink({ ask }: { ask: CustomerAsk }) {
  const { t } = useTranslation();
  const question = searchOfAsk(withChange(ask, { sort: null })).toString();
  // A question that asks nothing is one too: everybody, counted by grid.
  const list = encodeURIComponent(question === '' ? 'status=ACTIVE' : question);
  if (!useCan('GRIDS_VIEW')) return null;
  return (
    <Link className="small-button" to={`/map?list=${list}`}>
      {t('customers.onMap')}
    </Link>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { useFound } from './useFound';
import './mapSearch.css';

type Looking = NonNullable<ReturnType<typeof useFound>>;

/** What the map went to, and the way to let it go. */
export function FoundLine({ looking, onLetGo }: { looking: Looking; onLetGo: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="map-found" role="status">
      <Said looking={looking} />
      <button type="button" className="link" onClick={onLetGo}>
        {t('mapSearch.letGo')}
      </button>
    </div>
  );
}

function Said({ looking }: { looking: Looking }) {
  const { t } = useTranslation();
  const { found, failure } = looking;
  if (!found) return <span>{failure ?? t('mapSearch.gone')}</span>;
  return (
    <span>
      {t('mapSearch.found')} <strong>{found.name}</strong> <span className="faint">{found.detail}</span>
      {found.remark && <span className="faint map-found-remark">{t(`mapSearch.${found.remark}`)}</span>}
      {found.id.startsWith('Customer:') && (
        <>
          {' '}
          <Link to={`/customers/${encodeURIComponent(found.id)}`}>{t('mapSearch.openCustomer')}</Link>
        </>
      )}
    </span>
  );
}

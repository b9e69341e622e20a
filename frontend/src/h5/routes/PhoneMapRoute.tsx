import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { useNavigate, useSearchParams } from 'react-router';
import type { PhoneMapRouteQuery } from '@/__generated__/PhoneMapRouteQuery.graphql';
import { GridMap } from '@/features/grids/GridMap';
import { measureOf } from '@/features/grids/measures';
import { PhoneGridSheet } from '@/features/grids/PhoneGridSheet';
import { PhoneMapSearch } from '@/features/mapSearch/PhoneMapSearch';
import { useFound } from '@/features/mapSearch/useFound';
import { EmptyState } from '@/shared/EmptyState';
import type { Position } from '@/shared/map/geometry';
import { Reading } from '@/shared/Reading';
import { useCan } from '@/shared/session';
import { usePosition } from '@/shared/usePosition';
import '@/features/grids/grids.css';

/** 地图: my grids, where I am, and who is near. */
export function PhoneMapRoute() {
  const { t } = useTranslation();
  const { position, ask } = usePosition();
  const me = useMemo<Position | null>(
    () => (position.state === 'known' ? [position.position.lonDeg, position.position.latDeg] : null),
    [position],
  );
  return (
    <div className="phone-map">
      <h1 className="hidden">{t('tab.map')}</h1>
      <Reading>{(attempt) => <Grids me={me} attempt={attempt} />}</Reading>
      <button type="button" className="locate" onClick={() => ask()} aria-busy={position.state === 'waiting'}>
        {position.state === 'waiting' ? t('position.locating') : t('map.whereAmI')}
      </button>
      {position.state === 'failed' && (
        <p role="alert" className="map-note">
          {t(`position.${position.failure}`)}
        </p>
      )}
    </div>
  );
}

type Props = { me: Position | null; attempt: number };

function Grids({ me, attempt }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canSeeCustomers = useCan('CUSTOMERS_VIEW');
  const [search, setSearch] = useSearchParams();
  const chosenId = search.get('grid');
  const soughtId = search.get('at');
  const looking = useFound(soughtId);
  const { grids, groundLayers } = useLazyLoadQuery<PhoneMapRouteQuery>(
    graphql`
      query PhoneMapRouteQuery {
        grids(level: SMALL) {
          id
          ...GridMap_grids
          ...PhoneGridSheet_grid
        }
        groundLayers {
          layer
          source
          asOf
        }
      }
    `,
    {},
    { fetchKey: attempt },
  );
  if (grids.length === 0) return <EmptyState title={t('map.noGrids')} advice={t('map.noGridsAdvice')} />;
  const change = (parts: { grid?: string | null; at?: string | null }) => {
    const next = Object.entries({ grid: chosenId, at: soughtId, ...parts }).filter(([, value]) => value !== null);
    setSearch(new URLSearchParams(next as [string, string][]), { replace: true });
  };
  const isOwn = (id: string | null) => grids.some((grid) => grid.id === id);
  const chosen = grids.find(({ id }) => id === chosenId);
  return (
    <>
      <GridMap
        grids={grids}
        ground={groundLayers}
        level="SMALL"
        measure={measureOf('dueVisits')}
        chosenId={chosenId}
        showsCustomers={canSeeCustomers}
        me={me}
        spot={looking?.found?.spot ?? null}
        covered={{ top: 24, right: 24, bottom: 24, left: 24 }}
        onGrid={(grid) => change({ grid })}
        onCustomer={(id) => void navigate(`/customers/${encodeURIComponent(id)}`)}
      />
      <PhoneMapSearch
        chosenId={soughtId}
        looking={looking}
        onChoose={(at) => change({ at, grid: isOwn(at) ? at : null })}
      />
      {chosen && <PhoneGridSheet grid={chosen} onClose={() => change({ grid: null })} />}
    </>
  );
}

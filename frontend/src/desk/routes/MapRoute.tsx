import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { useNavigate } from 'react-router';
import type { MapRouteQuery } from '@/__generated__/MapRouteQuery.graphql';
import { GridMap } from '@/features/grids/GridMap';
import { MapTools } from '@/features/grids/MapTools';
import { measureOf } from '@/features/grids/measures';
import { useFound } from '@/features/mapSearch/useFound';
import { MapPicture } from '@/features/picture/MapPicture';
import { EmptyState } from '@/shared/EmptyState';
import { decodeArea } from '@/shared/map/areas';
import type { GridLevel } from '@/shared/map/mapStyle';
import { SidePanel } from '@/shared/patterns/SidePanel';
import { Reading } from '@/shared/Reading';
import { useCan } from '@/shared/session';
import { Waiting } from '@/shared/states';
import { MapRouteAreas } from './MapRouteAreas';
import { MapRouteGrid } from './MapRouteGrid';
import { MapRouteLeft } from './MapRouteLeft';
import { useAddressParts } from './useAddressParts';
import { useBlindSpots } from './useBlindSpots';
import { useMapRouteMatching } from './useMapRouteMatching';
import '@/features/grids/grids.css';

const LEGEND_PX = 256;

/** 网格: the full-screen map. What is chosen is in the address, so that a view can be sent to a colleague. */
export function MapRoute() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canSeeCustomers = useCan('CUSTOMERS_VIEW');
  const { search, change } = useAddressParts();
  const level: GridLevel = search.get('level') === 'LARGE' ? 'LARGE' : 'SMALL';
  const measure = measureOf(search.get('measure'));
  const chosenId = search.get('grid');
  const soughtId = search.get('at');
  const looking = useFound(soughtId);
  const list = canSeeCustomers ? search.get('list') : null;
  const matched = useMapRouteMatching(list);
  const blind = useBlindSpots(list, (next) => change({ list: next }));
  const classing = search.get('classes') === 'fixed' ? 'fixed' : 'quantile';
  const [map, setMap] = useState<Parameters<NonNullable<GridsProps['onMap']>>[0]>(null);
  const area = canSeeCustomers && !chosenId ? search.get('area') : null;
  const corners = useMemo(() => decodeArea(area), [area]);
  const showsCustomers = canSeeCustomers && search.get('customers') !== '0';
  return (
    <div className={chosenId || corners ? 'map-page map-page-beside' : 'map-page'}>
      <h1 className="hidden">{t('menu.map')}</h1>
      <Reading
        askKey={level}
        waiting={
          <div className="map-waiting">
            <Waiting rows={6} />
          </div>
        }
      >
        {(attempt) => (
          <Grids
            {...{ level, measure, chosenId, showsCustomers, attempt }}
            {...{ classing, matching: matched.matching }}
            onClassing={(one) => change({ classes: one === 'fixed' ? one : null })}
            spot={looking?.found?.spot ?? null}
            covered={{ top: 72, right: 32, bottom: 32, left: LEGEND_PX }}
            onMap={setMap}
            onGrid={(grid) => change({ grid, area: null })}
            onCustomer={(id) => void navigate(`/customers/${encodeURIComponent(id)}`)}
          />
        )}
      </Reading>
      <MapTools
        level={level}
        measure={measure}
        blind={blind}
        showsCustomers={canSeeCustomers ? showsCustomers : null}
        onLevel={(value) => change({ level: value === 'SMALL' ? null : value, grid: null })}
        onMeasure={(code) => change({ measure: code === 'customers' ? null : code })}
        onCustomers={(isOn) => change({ customers: isOn ? null : '0' })}
      />
      <MapRouteLeft {...{ soughtId, looking, list, matched, change }} />
      {canSeeCustomers && (
        <MapRouteAreas map={map} corners={corners} onArea={(drawn) => change({ area: drawn, grid: null })} />
      )}
      <MapPicture map={map} />
      {chosenId && (
        <SidePanel label={t('map.panel')} onClose={() => change({ grid: null })}>
          <Reading askKey={chosenId}>
            {(attempt) => (
              <MapRouteGrid
                id={chosenId}
                attempt={attempt}
                onChoose={(grid, chosenLevel) => change({ grid, level: chosenLevel === 'SMALL' ? null : chosenLevel })}
              />
            )}
          </Reading>
        </SidePanel>
      )}
    </div>
  );
}

type GridsProps = Omit<React.ComponentProps<typeof GridMap>, 'grids'> & { attempt: number };

function Grids({ attempt, ...rest }: GridsProps) {
  const { t } = useTranslation();
  const { grids } = useLazyLoadQuery<MapRouteQuery>(
    graphql`
      query MapRouteQuery($level: GridLevel!) {
        grids(level: $level) {
          ...GridMap_grids
        }
      }
    `,
    { level: rest.level },
    { fetchKey: attempt },
  );
  if (grids.length === 0) return <EmptyState title={t('map.noGrids')} advice={t('map.noGridsAdvice')} />;
  return <GridMap grids={grids} {...rest} />;
}

import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { MapTools } from '@/features/grids/MapTools';
import { measureOf } from '@/features/grids/measures';
import { useFound } from '@/features/mapSearch/useFound';
import { MapPicture } from '@/features/picture/MapPicture';
import { decodeArea } from '@/shared/map/areas';
import type { GridLevel } from '@/shared/map/mapStyle';
import { SidePanel } from '@/shared/patterns/SidePanel';
import { Reading } from '@/shared/Reading';
import { useCan, useSession } from '@/shared/session';
import { Waiting } from '@/shared/states';
import { listOfCell } from './listOfCell';
import { MapRouteAreas } from './MapRouteAreas';
import { MapRouteDays } from './MapRouteDays';
import { MapRouteGrid } from './MapRouteGrid';
import { MapRouteGrids, type MapRouteGridsProps } from './MapRouteGrids';
import { MapRouteLeft } from './MapRouteLeft';
import { useAddressParts } from './useAddressParts';
import { useBlindSpots } from './useBlindSpots';
import { useMapRouteMatching } from './useMapRouteMatching';
import '@/features/grids/grids.css';

const LEGEND_PX = 256;

/** 网格: the full-screen map, of the newest day or of two days side by side. */
export function MapRoute() {
  const { search } = useAddressParts();
  const canCompare = useCan('CUSTOMERS_VIEW');
  return canCompare && search.has('then') ? <MapRouteDays /> : <Newest />;
}

/** What is chosen is in the address, so that a view can be sent to a colleague. */
function Newest() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canSeeCustomers = useCan('CUSTOMERS_VIEW');
  const { dataDate } = useSession();
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
  const [map, setMap] = useState<Parameters<NonNullable<MapRouteGridsProps['onMap']>>[0]>(null);
  const area = canSeeCustomers && !chosenId ? search.get('area') : null;
  const corners = useMemo(() => decodeArea(area), [area]);
  const pictured = useMemo(() => map && [{ map }], [map]);
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
          <MapRouteGrids
            {...{ level, measure, chosenId, showsCustomers, attempt }}
            {...{ classing, matching: matched.matching }}
            onClassing={(one) => change({ classes: one === 'fixed' ? one : null })}
            spot={looking?.found?.spot ?? null}
            covered={{ top: 72, right: 32, bottom: 32, left: LEGEND_PX }}
            map={map}
            onMap={setMap}
            base={{ isOn: search.get('base') !== '0', hasLabels: search.get('labels') !== '0' }}
            onBase={({ isOn, hasLabels }) => change({ base: isOn ? null : '0', labels: hasLabels ? null : '0' })}
            onGrid={(grid) => change({ grid, area: null })}
            onCell={(square) => void navigate(`/customers?${listOfCell(square, measure.code, dataDate)}`)}
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
        onCompare={canSeeCustomers ? () => change({ then: 'month', grid: null, area: null, at: null }) : null}
        onCustomers={(isOn) => change({ customers: isOn ? null : '0' })}
      />
      <MapRouteLeft {...{ soughtId, looking, list, matched, change }} />
      {canSeeCustomers && (
        <MapRouteAreas map={map} corners={corners} onArea={(drawn) => change({ area: drawn, grid: null })} />
      )}
      <MapPicture maps={pictured} />
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

import type { Map as MapLibre } from 'maplibre-gl';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { MapRouteAreasQuery } from '@/__generated__/MapRouteAreasQuery.graphql';
import { AreaPanel } from '@/features/areas/AreaPanel';
import { AreaTools } from '@/features/areas/AreaTools';
import { searchOfAsk, NOTHING_ASKED } from '@/features/customers/filter';
import { drawAreaWhenReady } from '@/shared/map/areaLayer';
import { encodeArea, polygonOf } from '@/shared/map/areas';
import type { Position } from '@/shared/map/geometry';
import { SidePanel } from '@/shared/patterns/SidePanel';
import { Reading } from '@/shared/Reading';
import { MapRouteInside } from './MapRouteInside';

type Props = {
  map: MapLibre | null;
  corners: readonly Position[] | null;
  /** As addresses write it; null for none. */
  onArea: (area: string | null) => void;
};

/** Drawing an area on the map, the area that the address names, and its customers beside the map. */
export function MapRouteAreas({ map, corners, onArea }: Props) {
  useEffect(() => (map ? drawAreaWhenReady(map, corners) : undefined), [map, corners]);
  return (
    <>
      <AreaTools map={map} onArea={(drawn) => onArea(encodeArea(drawn))} />
      {corners && <Beside corners={corners} onClose={() => onArea(null)} />}
    </>
  );
}

function Beside({ corners, onClose }: { corners: readonly Position[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SidePanel label={t('areas.panel')} onClose={onClose}>
      <Reading askKey={encodeArea(corners)}>{(attempt) => <Area corners={corners} attempt={attempt} />}</Reading>
    </SidePanel>
  );
}

function Area({ corners, attempt }: { corners: readonly Position[]; attempt: number }) {
  const { customers } = useLazyLoadQuery<MapRouteAreasQuery>(
    graphql`
      query MapRouteAreasQuery($area: Area!) {
        customers(first: 0, filter: { status: [ACTIVE], area: $area }) {
          ...AreaPanel_customers
        }
      }
    `,
    { area: polygonOf(corners) },
    { fetchKey: attempt },
  );
  const list = searchOfAsk({ ...NOTHING_ASKED, area: encodeArea(corners) });
  return (
    <AreaPanel customers={customers} corners={corners} list={`/customers?${list}`}>
      <MapRouteInside area={polygonOf(corners)} list={(extra) => `/customers?${list}${extra}`} />
    </AreaPanel>
  );
}

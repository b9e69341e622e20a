import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { MapRouteGridsQuery } from '@/__generated__/MapRouteGridsQuery.graphql';
import { BaseMap } from '@/features/baseMap/BaseMap';
import { GridMap } from '@/features/grids/GridMap';
import { EmptyState } from '@/shared/EmptyState';

type BaseProps = React.ComponentProps<typeof BaseMap>;
export type MapRouteGridsProps = Omit<React.ComponentProps<typeof GridMap>, 'grids' | 'ground'> & {
  attempt: number;
  map: BaseProps['map'];
  base: BaseProps['wanted'];
  onBase: BaseProps['onWanted'];
};

/** The grids of a level in their colours, and what the bank has laid beneath them: one question to the server. */
export function MapRouteGrids({ attempt, map, base, onBase, ...rest }: MapRouteGridsProps) {
  const { t } = useTranslation();
  const { grids, groundLayers, baseMap } = useLazyLoadQuery<MapRouteGridsQuery>(
    graphql`
      query MapRouteGridsQuery($level: GridLevel!) {
        grids(level: $level) {
          ...GridMap_grids
        }
        groundLayers {
          layer
          source
          asOf
        }
        baseMap {
          ...BaseMap_baseMap
        }
      }
    `,
    { level: rest.level },
    { fetchKey: attempt },
  );
  if (grids.length === 0) return <EmptyState title={t('map.noGrids')} advice={t('map.noGridsAdvice')} />;
  return (
    <>
      <GridMap grids={grids} ground={groundLayers} {...rest} />
      {baseMap && <BaseMap baseMap={baseMap} map={map} wanted={base} onWanted={onBase} />}
    </>
  );
}

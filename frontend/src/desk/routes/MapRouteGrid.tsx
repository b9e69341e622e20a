import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { MapRouteGridQuery } from '@/__generated__/MapRouteGridQuery.graphql';
import { GridPanel } from '@/features/grids/GridPanel';
import { EmptyState } from '@/shared/EmptyState';
import { MapRouteInside } from './MapRouteInside';

type Props = { id: string; attempt: number; onChoose: React.ComponentProps<typeof GridPanel>['onChoose'] };

/** The grid that was chosen on the map. */
export function MapRouteGrid({ id, attempt, onChoose }: Props) {
  const { t } = useTranslation();
  const { grid } = useLazyLoadQuery<MapRouteGridQuery>(
    graphql`
      query MapRouteGridQuery($id: ID!) {
        grid(id: $id) {
          id
          level
          children {
            id
          }
          ...GridPanel_grid
        }
      }
    `,
    { id },
    { fetchKey: attempt },
  );
  if (!grid) return <EmptyState title={t('map.noGrid')} advice={t('map.noGridAdvice')} />;
  const small = grid.level === 'LARGE' ? grid.children : [grid];
  const inGrid = small.map((one) => `grid=${encodeURIComponent(one.id)}`).join('&');
  return (
    <>
      <GridPanel grid={grid} onChoose={onChoose} />
      <MapRouteInside gridId={grid.id} list={(extra) => `/customers?${inGrid}${extra}`} />
    </>
  );
}

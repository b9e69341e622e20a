import { graphql, useLazyLoadQuery } from 'react-relay';
import type { MapRouteInsideQuery } from '@/__generated__/MapRouteInsideQuery.graphql';
import { InsideStatistics } from '@/features/inside/InsideStatistics';
import type { Polygon } from '@/shared/map/geometry';
import { Reading } from '@/shared/Reading';
import { useCan } from '@/shared/session';

type Props = {
  /** One of the two. */
  gridId?: string;
  area?: Polygon;
  list: (extra: string) => string;
};

/** What lies inside of a grid or an area, read after the panel that it stands in. */
export function MapRouteInside(props: Props) {
  if (!useCan('CUSTOMERS_VIEW')) return null;
  return (
    <Reading askKey={props.gridId ?? JSON.stringify(props.area)}>
      {(attempt) => <Inside {...props} attempt={attempt} />}
    </Reading>
  );
}

function Inside({ gridId, area, list, attempt }: Props & { attempt: number }) {
  const { insideStatistics } = useLazyLoadQuery<MapRouteInsideQuery>(
    graphql`
      query MapRouteInsideQuery($gridId: ID, $area: Area) {
        insideStatistics(gridId: $gridId, area: $area) {
          ...InsideStatistics_statistics
        }
      }
    `,
    { gridId: gridId ?? null, area: area ?? null },
    { fetchKey: attempt },
  );
  return <InsideStatistics statistics={insideStatistics} list={list} />;
}

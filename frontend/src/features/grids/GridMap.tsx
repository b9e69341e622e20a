import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { GridMap_grids$key } from '@/__generated__/GridMap_grids.graphql';
import type { Classing } from '@/shared/classes';
import { boundsOf, type Position, type Spotlight } from '@/shared/map/geometry';
import type { Ground } from '@/shared/map/ground';
import { type Covered, MapCanvas } from '@/shared/map/MapCanvas';
import type { GridLevel } from '@/shared/map/mapStyle';
import { useSession } from '@/shared/session';
import { colouringOf } from './colouring';
import { MapLegend } from './MapLegend';
import type { Matching } from './matching';
import { type Measure, MATCHING } from './measures';

type Props = {
  grids: GridMap_grids$key;
  level: GridLevel;
  measure: Measure;
  chosenId: string | null;
  showsCustomers: boolean;
  me?: Position | null;
  spot?: Spotlight | null;
  classing?: Classing;
  onClassing?: (classing: Classing) => void;
  /** Whom the list's question keeps: the map is about these alone. */
  matching?: Matching | null;
  /** Water and roads that the bank has brought. */
  ground?: Ground;
  covered: Covered;
  onGrid: (id: string | null) => void;
  onCustomer: (id: string) => void;
  /** 盲区: somebody wants the customers of a cell. */
  onCell?: React.ComponentProps<typeof MapCanvas>['onCell'];
  onMap?: React.ComponentProps<typeof MapCanvas>['onMap'];
};

const NO_GROUND: Ground = [];

/** The grids in the colours of one measure, with the legend that says what they mean. */
export function GridMap({
  grids,
  level,
  measure,
  chosenId,
  showsCustomers,
  me = null,
  spot = null,
  classing = 'quantile',
  onClassing,
  matching = null,
  ground = NO_GROUND,
  onCell,
  ...rest
}: Props) {
  const { t } = useTranslation();
  const { tileVersion, dataDate } = useSession();
  const shown = useFragment(
    graphql`
      fragment GridMap_grids on Grid @relay(plural: true) {
        id
        boundary
        statistics {
          customers
          located
          visitedHere90d
          visited90d
          keyCustomers
          depositFen
          loanFen
          dueVisits
          atRisk
          visited180d
          visited365d
          visitedEver
          medianDaysUnvisited
        }
      }
    `,
    grids,
  );
  const colouring = useMemo(
    () => colouringOf(shown, measure, matching?.counts ?? null, classing),
    [shown, measure, matching, classing],
  );
  const showsTiles = showsCustomers && matching === null;
  const bounds = useMemo(() => boundsOf(shown.map(({ boundary }) => boundary)), [shown]);
  return (
    <>
      <MapCanvas
        label={t('map.title')}
        {...{
          tileVersion,
          level,
          colouring,
          bounds,
          chosenId,
          showsCustomers: showsTiles,
          me,
          spot,
          dots: showsCustomers ? matching?.dots : undefined,
          hasGround: ground.length > 0,
          // Cells know of visits where the measure is one of visits.
          onCell: colouring.visits ? onCell : undefined,
          ...rest,
        }}
      />
      <MapLegend
        measure={matching ? MATCHING : measure}
        classing={classing}
        onClassing={onClassing}
        breaks={colouring.breaks}
        colours={colouring.colours}
        isLacking={colouring.isLacking}
        visits={showsTiles ? colouring.visits : null}
        dataDate={dataDate}
        ground={ground}
        showsCustomers={showsTiles}
        showsDots={showsCustomers && matching !== null && matching.dots.length > 0}
      />
    </>
  );
}

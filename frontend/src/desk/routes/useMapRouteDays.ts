import { useMemo } from 'react';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { useMapRouteDaysQuery } from '@/__generated__/useMapRouteDaysQuery.graphql';
import { classesOf } from '@/features/grids/colouring';
import { countExpression } from '@/features/grids/matching';
import { type Measure, ofDay } from '@/features/grids/measures';
import type { Kept } from '@/features/twoDays/days';
import { differencesOf, type Side } from '@/features/twoDays/differences';
import type { Under } from '@/features/twoDays/TwoDaysTools';
import type { Classing } from '@/shared/classes';
import { boundsOf } from '@/shared/map/geometry';
import type { GridLevel } from '@/shared/map/mapStyle';

export type Asked = {
  then: Kept;
  now: Kept;
  level: GridLevel;
  measure: Measure;
  under: Under;
  attempt: number;
  classing: Classing;
};
type OfDay = useMapRouteDaysQuery['response']['then'];

const sidesOf = ({ grids }: OfDay, measure: Measure): Side[] =>
  grids.map((one) => ({ ...one, value: ofDay(measure, one) }));

/** The figures of both days, one set of classes for both, and what changed. */
export function useMapRouteDays({ then, now, level, measure, under, attempt, classing }: Asked) {
  const data = useLazyLoadQuery<useMapRouteDaysQuery>(
    graphql`
      query useMapRouteDaysQuery($then: Date!, $now: Date!, $level: GridLevel!, $under: UnderPlan!) {
        grids(level: $level) {
          boundary
        }
        groundLayers {
          layer
          source
          asOf
        }
        then: gridsOnDay(day: $then, level: $level, under: $under) {
          plan
          elsewhere
          grids {
            gridId
            code
            name
            areaM2
            customers
            located
            visitedHere90d
            visited90d
            keyCustomers
            depositFen
            loanFen
            dueVisits
            atRisk
          }
        }
        now: gridsOnDay(day: $now, level: $level, under: $under) {
          plan
          elsewhere
          grids {
            gridId
            code
            name
            areaM2
            customers
            located
            visitedHere90d
            visited90d
            keyCustomers
            depositFen
            loanFen
            dueVisits
            atRisk
          }
        }
      }
    `,
    { then: then.day, now: now.day, level, under },
    { fetchKey: attempt },
  );
  const sides = useMemo(() => [sidesOf(data.then, measure), sidesOf(data.now, measure)] as const, [data, measure]);
  const all = useMemo(() => differencesOf(...sides, measure.unit), [sides, measure]);
  const colourings = useMemo(() => {
    const values = sides.flat().map(({ value }) => value);
    const classes = classesOf(values, classing);
    return sides.map((side) => {
      const value = countExpression(new Map(side.map((one) => [one.gridId, one.value])));
      return { value, ...classes };
    });
  }, [sides, classing]);
  const bounds = useMemo(() => boundsOf(data.grids.map(({ boundary }) => boundary)), [data]);
  return { data, sides, all, colourings, bounds };
}

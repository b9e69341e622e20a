import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { WalkList_walk$key } from '@/__generated__/WalkList_walk.graphql';
import { formatDistance } from '@/shared/format';
import { useCan } from '@/shared/session';
import { seenSince } from './seenSince';
import { StopCard } from './StopCard';
import './walk.css';

type Props = { walk: WalkList_walk$key; today: string };

/** 今日: the stops in walking order, under the day that they were planned for. */
export function WalkList({ walk, today }: Props) {
  const { t } = useTranslation();
  const data = useFragment(
    graphql`
      fragment WalkList_walk on Walk {
        date
        lengthM
        stops {
          order
          customer {
            id
            lastVisitOn
          }
          ...StopCard_stop
        }
      }
    `,
    walk,
  );
  const canVisit = useCan('TASKS_RECORD_VISIT');
  const length = formatDistance(data.lengthM);
  const done = data.stops.filter(({ customer }) => seenSince(customer.lastVisitOn, data.date)).length;
  return (
    <>
      {data.date === today ? (
        <p className="stamp walk-day">{t('walk.of', { day: data.date })}</p>
      ) : (
        <p className="banner" role="status">
          {t('walk.ofAnotherDay', { day: data.date, today })}
        </p>
      )}
      <dl className="figure-strip">
        <div>
          <dt>{t('walk.stops')}</dt>
          <dd className="number">
            {data.stops.length}
            <span className="unit"> {t('unit.households', { count: data.stops.length })}</span>
          </dd>
        </div>
        <div>
          <dt>{t('walk.visited')}</dt>
          <dd className="number">
            {done}
            <span className="unit"> {t('unit.households', { count: done })}</span>
          </dd>
        </div>
        <div>
          <dt>{t('walk.length')}</dt>
          <dd className="number">
            {length.value}
            <span className="unit"> {t(`unit.${length.unit}`)}</span>
          </dd>
        </div>
      </dl>
      <ol className="stops">
        {data.stops.map((stop) => (
          <li key={stop.customer.id}>
            <StopCard stop={stop} walkOn={data.date} today={today} canVisit={canVisit} />
          </li>
        ))}
      </ol>
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { MapRouteDaysQuery } from '@/__generated__/MapRouteDaysQuery.graphql';
import { KEPT_MEASURES, measureOf } from '@/features/grids/measures';
import { daysAsked } from '@/features/twoDays/days';
import { TwoDaysTools, type Under } from '@/features/twoDays/TwoDaysTools';
import { EmptyState } from '@/shared/EmptyState';
import type { GridLevel } from '@/shared/map/mapStyle';
import { Reading } from '@/shared/Reading';
import { useCodeWord } from '@/shared/words';
import { MapRouteDaysShown } from './MapRouteDaysShown';
import { useAddressParts } from './useAddressParts';
import '@/features/grids/grids.css';
import '@/features/twoDays/twoDays.css';

/** 两日对比: the same grids in the colours of one measure on two kept days, side by side. */
export function MapRouteDays() {
  const { t } = useTranslation();
  return (
    <div className="map-page">
      <h1 className="hidden">{t('twoDays.title')}</h1>
      <Reading>{(attempt) => <Days attempt={attempt} />}</Reading>
    </div>
  );
}

function Days({ attempt }: { attempt: number }) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { search, change } = useAddressParts();
  const { keptDays } = useLazyLoadQuery<MapRouteDaysQuery>(
    graphql`
      query MapRouteDaysQuery {
        keptDays {
          day
          plan
          planIsInForce
        }
      }
    `,
    {},
    { fetchKey: attempt },
  );
  const asked = daysAsked(keptDays, search.get('then'), search.get('now'));
  if (!asked) {
    const back = (
      <button type="button" className="small-button" onClick={() => change({ then: null, now: null })}>
        {t('twoDays.close')}
      </button>
    );
    return <EmptyState title={t('twoDays.oneDay')} advice={t('twoDays.oneDayAdvice')} action={back} />;
  }
  const level: GridLevel = search.get('level') === 'LARGE' ? 'LARGE' : 'SMALL';
  const wanted = measureOf(search.get('measure'));
  const measure = KEPT_MEASURES.includes(wanted) ? wanted : measureOf('visitedShare');
  const under: Under = search.get('under') === 'day' ? 'OF_THE_DAY' : 'IN_FORCE';
  return (
    <div className="two-days">
      <TwoDaysTools
        days={keptDays}
        {...asked}
        under={under}
        level={level}
        levelWord={(one) => word('level', one)}
        measure={measure.code}
        measures={KEPT_MEASURES.map(({ code }) => ({ value: code, label: t(`measure.${code}`) }))}
        change={change}
      />
      <Reading askKey={`${asked.then.day} ${asked.now.day} ${level} ${under}`}>
        {(again) => (
          <MapRouteDaysShown
            {...asked}
            {...{ level, measure, under, attempt: again }}
            replaced={wanted === measure ? null : t('twoDays.notKept', { measure: t(`measure.${measure.code}`) })}
            classing={search.get('classes') === 'fixed' ? 'fixed' : 'quantile'}
            onClassing={(one) => change({ classes: one === 'fixed' ? one : null })}
          />
        )}
      </Reading>
    </div>
  );
}

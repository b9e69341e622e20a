import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GridLevel } from '@/shared/map/mapStyle';
import { isMonthEnd, type Kept } from './days';
import './twoDays.css';

const UNDER = ['IN_FORCE', 'OF_THE_DAY'] as const;
export type Under = (typeof UNDER)[number];

type Props = {
  days: readonly Kept[];
  then: Kept;
  now: Kept;
  under: Under;
  level: GridLevel;
  levelWord: (level: GridLevel) => string;
  measure: string;
  measures: readonly { value: string; label: string }[];
  change: (parts: Record<string, string | null>) => void;
};

/** Which two days, which grids in the colours of what, under which plan. */
export function TwoDaysTools({ days, then, now, under, level, levelWord, measure, measures, change }: Props) {
  const { t } = useTranslation();
  const options = (other: Kept) =>
    days
      .filter(({ day }) => day !== other.day)
      .map(({ day }) => ({ value: day, label: isMonthEnd(day) ? t('twoDays.monthEnd', { day }) : day }));
  // Where both days had the plan that is in force there is nothing to choose.
  const hasOtherPlan = !then.planIsInForce || !now.planIsInForce;
  const day = (name: 'then' | 'now', chosen: Kept, other: Kept) => (
    <Select
      className="two-days-day"
      aria-label={t(`twoDays.${name}`)}
      value={chosen.day}
      showSearch
      options={options(other)}
      onChange={(value) => change({ [name]: value })}
    />
  );
  return (
    <div className="two-days-tools" role="toolbar" aria-label={t('twoDays.tools')}>
      {day('then', then, now)}
      <span aria-hidden="true">→</span>
      {day('now', now, then)}
      <Segmented
        aria-label={t('twoDays.level')}
        value={level}
        options={(['SMALL', 'LARGE'] as const).map((value) => ({ value, label: levelWord(value) }))}
        onChange={(value) => change({ level: value === 'SMALL' ? null : value })}
      />
      <Select
        className="two-days-measure"
        aria-label={t('twoDays.measure')}
        value={measure}
        options={[...measures]}
        onChange={(value) => change({ measure: value })}
      />
      {hasOtherPlan && (
        <Segmented
          aria-label={t('twoDays.under')}
          value={under}
          options={UNDER.map((value) => ({ value, label: t(`twoDays.${value}`) }))}
          onChange={(value) => change({ under: value === 'OF_THE_DAY' ? 'day' : null })}
        />
      )}
      <button type="button" className="small-button" onClick={() => change({ then: null, now: null, under: null })}>
        {t('twoDays.close')}
      </button>
    </div>
  );
}

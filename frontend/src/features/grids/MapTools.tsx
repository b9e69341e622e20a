import { Segmented, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GridLevel } from '@/shared/map/mapStyle';
import { useCodeWord } from '@/shared/words';
import { type Measure, type MeasureCode, MEASURES } from './measures';
import './grids.css';

type Props = {
  level: GridLevel;
  measure: Measure;
  /** Null for who may see no customers. */
  showsCustomers: boolean | null;
  onLevel: (level: GridLevel) => void;
  onMeasure: (code: MeasureCode) => void;
  onCustomers: (isOn: boolean) => void;
  /** Goes to two days side by side; null for who may not. */
  onCompare: (() => void) | null;
  /** 盲区: whom nobody has visited since one of these days; null before the first night. */
  blind: {
    choices: readonly { days: number; since: string }[];
    chosen: string | null;
    onChoose: (since: string | null) => void;
  } | null;
};

/** Over the map: which grids, in the colours of what, with or without customers. */
export function MapTools(props: Props) {
  const { level, measure, showsCustomers, onLevel, onMeasure, onCustomers, onCompare, blind } = props;
  const { t } = useTranslation();
  const word = useCodeWord();
  return (
    <div className="map-tools" role="toolbar" aria-label={t('map.tools')}>
      <Segmented
        aria-label={t('map.level')}
        value={level}
        options={(['SMALL', 'LARGE'] as const).map((value) => ({ value, label: word('level', value) }))}
        onChange={onLevel}
      />
      <Select
        className="measure-choice"
        aria-label={t('map.measure')}
        value={measure.code}
        options={MEASURES.map(({ code }) => ({ value: code, label: t(`measure.${code}`) }))}
        onChange={onMeasure}
      />
      {showsCustomers !== null && blind && (
        <Select
          className="blind-choice"
          aria-label={t('map.blind')}
          placeholder={t('map.blind')}
          value={blind.chosen}
          allowClear
          options={blind.choices.map(({ days, since }) => ({
            value: since,
            label: t('map.blindDays', { count: days }),
          }))}
          onChange={(since?: string) => blind.onChoose(since ?? null)}
        />
      )}
      {showsCustomers !== null && (
        <label className="map-switch">
          <Switch size="small" checked={showsCustomers} onChange={onCustomers} />
          {t('map.showCustomers')}
        </label>
      )}
      {onCompare && (
        <button type="button" className="small-button" onClick={onCompare}>
          {t('map.compare')}
        </button>
      )}
    </div>
  );
}

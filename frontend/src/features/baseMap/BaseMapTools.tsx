import { Switch } from 'antd';
import type { Map as MapLibre } from 'maplibre-gl';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Shown, showBaseMap, type Tiles, watchBaseMap } from './baseLayers';
import './baseMap.css';

type Props = Tiles & {
  attribution: string;
  approvalNumber: string;
  map: MapLibre | null;
  /** What the reader wants to see of it. */
  wanted: Shown;
  onWanted: (wanted: Shown) => void;
};

/** The switches of the base map; whose it is and under which 审图号, for as long as it is seen. */
export function BaseMapTools(props: Props) {
  const { tiles, labels, largestZoom, attribution, approvalNumber, map, wanted, onWanted } = props;
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<'answers' | 'fails' | 'silent'>('answers');
  const isSilent = answer === 'silent';
  const { isOn, hasLabels } = wanted;
  const shown = useMemo(() => ({ isOn: isOn && !isSilent, hasLabels }), [isOn, hasLabels, isSilent]);
  useEffect(() => {
    if (!map) return undefined;
    const show = () => showBaseMap(map, { tiles, labels, largestZoom }, shown);
    show();
    map.on('load', show);
    return () => void map.off('load', show);
  }, [map, tiles, labels, largestZoom, shown]);
  useEffect(() => (map ? watchBaseMap(map, setAnswer) : undefined), [map]);
  const change = (next: Shown) => {
    // Whoever turns a switch tries again.
    setAnswer('answers');
    onWanted(next);
  };
  return (
    <>
      <div className="base-map-tools" role="group" aria-label={t('baseMap.tools')}>
        <label className="base-map-switch">
          <Switch size="small" checked={isOn} onChange={(on) => change({ isOn: on, hasLabels })} />
          {t('baseMap.show')}
        </label>
        {labels !== null && (
          <label className="base-map-switch">
            <Switch
              size="small"
              checked={isOn && hasLabels}
              disabled={!isOn}
              onChange={(on) => change({ isOn, hasLabels: on })}
            />
            {t('baseMap.labels')}
          </label>
        )}
        <span role="status" className="faint">
          {isOn && answer !== 'answers' ? t('baseMap.silent') : ''}
        </span>
      </div>
      {shown.isOn && <p className="map-credit">{t('baseMap.credit', { attribution, approvalNumber })}</p>}
    </>
  );
}

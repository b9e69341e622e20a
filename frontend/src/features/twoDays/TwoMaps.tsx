import type { Map as MapLibre } from 'maplibre-gl';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bounds } from '@/shared/map/geometry';
import { MapCanvas } from '@/shared/map/MapCanvas';
import type { Colouring, GridLevel } from '@/shared/map/mapStyle';
import { usePointed, useTogether } from './useTogether';
import './twoDays.css';

const COVERED = { top: 40, right: 16, bottom: 32, left: 16 };

export type Half = {
  day: string;
  plan: string | null;
  colouring: Colouring;
  /** The grid that is pointed at, as this day's plan has it. */
  chosenId: string | null;
  /** The data date whose plan is drawn; null for the plan in force. */
  of: string | null;
  isEmpty: boolean;
  map: MapLibre | null;
  onMap: (map: MapLibre | null) => void;
};
type Props = {
  halves: readonly [Half, Half];
  tileVersion: string;
  level: GridLevel;
  hasGround: boolean;
  bounds: Bounds | null;
  onPoint: (gridId: string | null) => void;
};

/** Two maps that move together, each with its day. */
export function TwoMaps({ halves: [then, now], ...shared }: Props) {
  useTogether(then.map, now.map);
  return (
    <>
      <OneMap half={then} {...shared} />
      <OneMap half={now} {...shared} />
    </>
  );
}

const nothing = () => undefined;

function OneMap({ half, onPoint, ...shared }: Omit<Props, 'halves'> & { half: Half }) {
  const { t } = useTranslation();
  const point = useCallback((id: string | null) => onPoint(id), [onPoint]);
  usePointed(half.map, point);
  const caption = `${half.day} · ${half.plan ?? t('twoDays.noPlan')}`;
  return (
    <figure className="two-days-map">
      <figcaption>{caption}</figcaption>
      <MapCanvas
        label={caption}
        {...shared}
        colouring={half.colouring}
        chosenId={half.chosenId}
        of={half.of}
        showsCustomers={false}
        covered={COVERED}
        onGrid={point}
        onCustomer={nothing}
        onMap={half.onMap}
      />
      {half.isEmpty && <p className="two-days-empty">{t('twoDays.noGrids')}</p>}
    </figure>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pixel } from '@/shared/map/areas';
import type { Position } from '@/shared/map/geometry';
import { type Shape, SHAPES } from './drawing';
import { DrawingSheet } from './DrawingSheet';
import './areas.css';

/** What drawing needs of a map: where a pixel lies. */
export type Places = { unproject: (place: [number, number]) => { lng: number; lat: number } };

type Props = { map: Places | null; onArea: (corners: Position[]) => void };

/** Three ways to draw an area on the map. */
export function AreaTools({ map, onArea }: Props) {
  const { t } = useTranslation();
  const [shape, setShape] = useState<Shape | null>(null);
  const finish = (corners: Pixel[]) => {
    setShape(null);
    if (map) onArea(corners.map(({ x, y }) => [map.unproject([x, y]).lng, map.unproject([x, y]).lat]));
  };
  return (
    <>
      <div className="area-tools" role="toolbar" aria-label={t('areas.tools')}>
        <span className="faint">{t('areas.tools')}</span>
        {SHAPES.map((one) => (
          <button
            key={one}
            type="button"
            className="small-button"
            aria-pressed={shape === one}
            disabled={!map}
            onClick={() => setShape(shape === one ? null : one)}
          >
            {t(`areas.${one}`)}
          </button>
        ))}
      </div>
      {shape && <DrawingSheet key={shape} shape={shape} onFinish={finish} onCancel={() => setShape(null)} />}
    </>
  );
}

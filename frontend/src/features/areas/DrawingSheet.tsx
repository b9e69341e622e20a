import { useTranslation } from 'react-i18next';
import { MOST_CORNERS, type Pixel } from '@/shared/map/areas';
import { outlineOf, type Shape } from './drawing';
import { useDrawing } from './useDrawing';
import './areas.css';

type Props = { shape: Shape; onFinish: (corners: Pixel[]) => void; onCancel: () => void };

const pointsOf = (places: readonly Pixel[]) => places.map(({ x, y }) => `${x},${y}`).join(' ');

/** A sheet over the map on which an area is drawn. The map below stands still meanwhile. */
export function DrawingSheet({ shape, onFinish, onCancel }: Props) {
  const { t } = useTranslation();
  const { sheet, places, at, wrong, finish, handlers } = useDrawing(shape, { onFinish, onCancel });
  const shown = outlineOf(shape, at && places.length > 0 ? [...places, at] : places);
  return (
    <>
      <svg
        ref={sheet}
        className="area-sheet"
        role="application"
        tabIndex={0}
        aria-label={t('areas.drawing', { shape: t(`areas.${shape}`) })}
        aria-describedby="area-how"
        {...handlers}
      >
        <polygon points={pointsOf(shown)} />
        {shape === 'POLYGON' && places.map(({ x, y }) => <circle key={`${x} ${y}`} cx={x} cy={y} r={4} />)}
        {at && <path d={`M${at.x - 8} ${at.y}h16M${at.x} ${at.y - 8}v16`} />}
      </svg>
      <div className="area-how">
        <p id="area-how">{t(`areas.how${shape}`)}</p>
        {wrong && (
          <p role="alert" className="area-wrong">
            {t(`areas.${wrong}`, { most: MOST_CORNERS })}
          </p>
        )}
        <button type="button" className="small-button" onClick={finish}>
          {t('areas.finish')}
        </button>{' '}
        <button type="button" className="small-button" onClick={onCancel}>
          {t('areas.cancel')}
        </button>
      </div>
    </>
  );
}

import { useTranslation } from 'react-i18next';
import type { Ground } from '@/shared/map/ground';
import { tokens } from '@/shared/tokens';
import { useCodeWord } from '@/shared/words';
import './grids.css';

const COLOURS: Readonly<Record<string, string>> = { WATER: tokens.mapWater, ROADS: tokens.mapRoad };

/** Water and roads beneath the grids: whose map each is, and of which day; on paper too. */
export function GroundLegend({ ground }: { ground: Ground }) {
  const { t } = useTranslation();
  const word = useCodeWord();
  return (
    <ul className="legend-ground">
      {ground.map(({ layer, source, asOf }) => (
        <li key={layer}>
          <span className="swatch swatch-ground" style={{ background: COLOURS[layer] }} aria-hidden="true" />
          {t('map.ground', { layer: word('ground', layer), source, day: asOf })}
        </li>
      ))}
    </ul>
  );
}

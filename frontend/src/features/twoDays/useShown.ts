import { useTranslation } from 'react-i18next';
import { formatPercent } from '@/shared/format';
import { useCodeWord } from '@/shared/words';
import type { MeasureOfDays } from './compared';
import type { Side } from './differences';

/** Values and changes as they are read: with their unit, a percentage to the tenth, a change with its sign. */
export function useShown({ unit, show }: MeasureOfDays) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const bare = (value: number) => (unit === 'percent' ? formatPercent(value, 1) : show(value));
  const value = (side: Side | null) => {
    if (!side) return t('twoDays.notThere');
    return unit === 'percent' ? `${bare(side.value)}%` : `${bare(side.value)} ${word('unit', unit)}`;
  };
  const change = (by: number | null) => {
    if (by === null) return '';
    const words = bare(Math.abs(by));
    if (/^[0.]*$/.test(words)) return t('twoDays.unchanged');
    return `${by > 0 ? '+' : '−'}${words}`;
  };
  return { bare, value, change, ofChange: unit === 'percent' ? t('twoDays.points') : word('unit', unit) };
}

import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import { type Kind, shownValue } from './values';

/** Words a unit of parameters; basis points are shown as percent. */
export function useUnitWord(): (unit: string, count?: number) => string {
  const { t } = useTranslation();
  const word = useCodeWord();
  return (unit, count) => (unit === 'BPS' ? t('unit.percent') : unit === '' ? '' : word('parameterUnit', unit, count));
}

/** Words a value of a parameter with its unit. */
export function useShownValue(): (value: unknown, kind: Kind) => string {
  const { t } = useTranslation();
  const word = useCodeWord();
  const unit = useUnitWord();
  const separator = t('unit.listSeparator');
  const parts = (value: object) =>
    Object.entries(value)
      .map(([part, said]) => `${word('baseMapPart', part)} ${String(said)}`)
      .join(separator);
  return (value, kind) => {
    if (kind.type === 'RULE') return parts(value as object) || t('parameters.noBaseMap');
    return `${shownValue(value, kind, (code) => word('kind', code), separator)} ${unit(kind.unit, typeof value === 'number' ? value : undefined)}`.trim();
  };
}

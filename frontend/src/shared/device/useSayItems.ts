import { useTranslation } from 'react-i18next';
import { useDevice } from './deviceContext';
import type { Item } from './item';

/** So many of each kind, in words: “2 条走访，1 条线索”. */
export function useSayItems(): (items: readonly Item[]) => string {
  const { t } = useTranslation();
  const { kindOf } = useDevice();
  return (items) => {
    const names = [...new Set(items.map(({ kind }) => kind))];
    const counts = names.map((name) => kindOf(name)?.say(items.filter(({ kind }) => kind === name).length));
    return counts.join(t('unit.listSeparator'));
  };
}

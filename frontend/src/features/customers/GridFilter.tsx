import { useTranslation } from 'react-i18next';
import { ManyFilter } from '@/shared/patterns/ManyFilter';

type Grid = { readonly id: string; readonly code: string; readonly name: string };
type Props = {
  grids: readonly Grid[];
  lists: readonly Grid[];
  value: readonly string[];
  onChange: (gridIds: string[]) => void;
};

/** Grids on the ground and lists, apart for whoever chooses; both are grids of the question: whoever is in one of them. */
export function GridFilter({ grids, lists, value, onChange }: Props) {
  const { t } = useTranslation();
  const isList = new Set(lists.map(({ id }) => id));
  const listed = value.filter((id) => isList.has(id));
  const places = value.filter((id) => !isList.has(id));
  return (
    <>
      <ManyFilter
        label={t('customers.grid')}
        value={places}
        options={grids.map(optionOf)}
        onChange={(chosen) => onChange([...chosen, ...listed])}
      />
      {lists.length > 0 && (
        <ManyFilter
          label={t('customers.listGrid')}
          shown={1}
          value={listed}
          options={lists.map(optionOf)}
          onChange={(chosen) => onChange([...places, ...chosen])}
        />
      )}
    </>
  );
}

function optionOf({ id, code, name }: Grid) {
  return { value: id, label: `${name} ${code}` };
}

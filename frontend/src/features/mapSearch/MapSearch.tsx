import { AutoComplete } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/shared/session';
import { FoundLine } from './FoundLine';
import { GROUPS } from './groups';
import type { useFound } from './useFound';
import { type Group, useMapSearch } from './useMapSearch';
import './mapSearch.css';

/** A list has no place to go to: at the desk it is a question whose customers are drawn. */
const DESK_GROUPS = GROUPS.flatMap((group): Group[] => (group === 'grids' ? [group, 'lists'] : [group]));

type Props = {
  /** What the address names. */
  chosenId: string | null;
  looking: ReturnType<typeof useFound>;
  onChoose: (id: string | null) => void;
};

/** 查找: one box for places, grids, outlets and customers; what is chosen is gone to and outlined. */
export function MapSearch({ chosenId, looking, onChoose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const canSeeCustomers = useCan('CUSTOMERS_VIEW');
  const { hits, isSearching, failure } = useMapSearch(text, canSeeCustomers);
  const options = DESK_GROUPS.filter((group) => hits[group]?.length).map((group) => ({
    label: t(`mapFinds.${group}`),
    options: hits[group]!.map(({ id, name, detail }) => ({
      value: id,
      label: (
        <>
          {name} <span className="faint">{detail}</span>
        </>
      ),
    })),
  }));
  const wanted = text.trim();
  const nothing = isSearching ? t('mapSearch.searching') : (failure ?? t('mapSearch.nothing', { text: wanted }));
  return (
    <section role="search" aria-label={t('mapSearch.label')}>
      <AutoComplete
        className="map-search-box"
        aria-label={t('mapSearch.label')}
        placeholder={t('mapSearch.hint')}
        value={text}
        options={options}
        defaultActiveFirstOption
        popupMatchSelectWidth={320}
        listHeight={420}
        allowClear
        notFoundContent={wanted === '' ? null : <p className="faint map-search-none">{nothing}</p>}
        onSearch={setText}
        onClear={() => setText('')}
        onSelect={(id: string) => {
          setText('');
          onChoose(id);
        }}
      />
      {chosenId !== null && looking !== null && <FoundLine looking={looking} onLetGo={() => onChoose(null)} />}
    </section>
  );
}

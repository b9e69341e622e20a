import { SearchBar } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/shared/session';
import { FoundLine } from './FoundLine';
import { GROUPS } from './groups';
import type { useFound } from './useFound';
import { useMapSearch } from './useMapSearch';
import './mapSearch.css';

type Props = {
  chosenId: string | null;
  looking: ReturnType<typeof useFound>;
  onChoose: (id: string | null) => void;
};

/** 查找 on the phone: the desk's question, the answers as a list that a thumb can hit. */
export function PhoneMapSearch({ chosenId, looking, onChoose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { hits, isSearching, failure } = useMapSearch(text, useCan('CUSTOMERS_VIEW'));
  const wanted = text.trim();
  const groups = GROUPS.filter((group) => hits[group]?.length);
  const nothing = isSearching ? t('mapSearch.searching') : (failure ?? t('mapSearch.nothing', { text: wanted }));
  const choose = (id: string) => {
    setText('');
    onChoose(id);
  };
  return (
    <section role="search" aria-label={t('mapSearch.label')} className="phone-map-search">
      <SearchBar value={text} placeholder={t('mapSearch.hint')} onChange={setText} onClear={() => setText('')} />
      {wanted !== '' && (
        <div className="phone-map-hits">
          {groups.length === 0 && <p role="status">{nothing}</p>}
          {groups.map((group) => (
            <section key={group} aria-label={t(`mapFinds.${group}`)}>
              <h2>{t(`mapFinds.${group}`)}</h2>
              {hits[group]!.map(({ id, name, detail }) => (
                <button key={id} type="button" onClick={() => choose(id)}>
                  {name} <span className="faint">{detail}</span>
                </button>
              ))}
            </section>
          ))}
        </div>
      )}
      {wanted === '' && chosenId !== null && looking !== null && (
        <FoundLine looking={looking} onLetGo={() => onChoose(null)} />
      )}
    </section>
  );
}

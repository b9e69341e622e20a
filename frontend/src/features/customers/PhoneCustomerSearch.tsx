import { SearchBar } from 'antd-mobile';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from '@/shared/patterns/Chip';
import { type CustomerAsk, NOTHING_ASKED } from './filter';

type Quick = {
  word: 'customers.quickAll' | 'customers.quickRisk' | 'customers.quickKey' | 'customers.quickLoan';
  ask: Partial<CustomerAsk>;
};
const PLAIN = { tier: null, hasLoan: null, sort: null, isDescending: false } as const;
const QUICK: readonly Quick[] = [
  { word: 'customers.quickAll', ask: PLAIN },
  { word: 'customers.quickRisk', ask: { ...PLAIN, sort: 'ATTRITION_SCORE', isDescending: true } },
  { word: 'customers.quickKey', ask: { ...PLAIN, tier: 'KEY' } },
  { word: 'customers.quickLoan', ask: { ...PLAIN, hasLoan: true } },
];

type Props = { ask: CustomerAsk; onChange: (part: Partial<CustomerAsk>) => void };

/** Above the phone's list: words to search for, and the four questions that a manager asks most. */
export function PhoneCustomerSearch({ ask, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(ask.text);
  useEffect(() => setText(ask.text), [ask.text]);
  const isActiveOnly = ask.statuses.join() === NOTHING_ASKED.statuses.join();
  const isChosen = (quick: Quick) =>
    Object.entries(quick.ask).every(([name, value]) => ask[name as keyof CustomerAsk] === value);
  return (
    <>
      <SearchBar
        value={text}
        placeholder={t('customers.textHint')}
        onChange={setText}
        onSearch={(value) => onChange({ text: value })}
        onClear={() => onChange({ text: '' })}
        onBlur={() => text !== ask.text && onChange({ text })}
      />
      <div className="chips">
        {QUICK.map((quick) => (
          <Chip key={quick.word} isChosen={isChosen(quick)} onChoose={() => onChange(quick.ask)}>
            {t(quick.word)}
          </Chip>
        ))}
        <Chip
          isChosen={isActiveOnly}
          onChoose={() => onChange({ statuses: isActiveOnly ? [] : NOTHING_ASKED.statuses })}
        >
          {t('customers.activeOnly')}
        </Chip>
      </div>
    </>
  );
}

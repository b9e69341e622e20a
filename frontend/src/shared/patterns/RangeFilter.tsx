import { InputNumber } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  label: string;
  unit: string;
  max?: number;
  from: number | null;
  to: number | null;
  onChange: (from: number | null, to: number | null) => void;
};

/** Two ends of a range, taken over when the field is left or Enter is pressed, not with every key. */
export function RangeFilter({ label, unit, max, from, to, onChange }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState({ from, to });
  useEffect(() => setDraft({ from, to }), [from, to]);
  const take = () => {
    if (draft.from !== from || draft.to !== to) onChange(draft.from, draft.to);
  };
  const end = (which: 'from' | 'to', name: string, hint: string) => (
    <InputNumber
      min={0}
      {...(max !== undefined && { max })}
      controls={false}
      aria-label={name}
      placeholder={hint}
      value={draft[which]}
      onChange={(value) => setDraft({ ...draft, [which]: value })}
      onBlur={take}
      onPressEnter={take}
    />
  );
  return (
    <div className="filter-choice" role="group" aria-label={label}>
      <span className="filter-label">{label}</span>
      {end('from', t('filter.rangeFrom', { label }), t('filter.from'))}
      <span aria-hidden="true">–</span>
      {end('to', t('filter.rangeTo', { label }), t('filter.to'))}
      <span className="unit">{unit}</span>
    </div>
  );
}

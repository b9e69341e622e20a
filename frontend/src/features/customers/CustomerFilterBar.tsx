import { Button, Input, InputNumber, Segmented, Select, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerFilterBar_places$key } from '@/__generated__/CustomerFilterBar_places.graphql';
import { useCodeWord } from '@/shared/words';
import { type CustomerAsk, isUnfiltered, KINDS, NOTHING_ASKED, STATUSES, TIERS, withChange } from './filter';

type Props = {
  ask: CustomerAsk;
  places: CustomerFilterBar_places$key;
  onChange: (ask: CustomerAsk) => void;
};

export function CustomerFilterBar({ ask, places, onChange }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { grids, organisation } = useFragment(
    graphql`
      fragment CustomerFilterBar_places on Query {
        grids(level: SMALL) {
          id
          code
          name
        }
        organisation {
          id
          name
          kind
        }
      }
    `,
    places,
  );
  const change = (part: Partial<CustomerAsk>) => onChange(withChange(ask, part));
  const [text, setText] = useState(ask.text);
  useEffect(() => setText(ask.text), [ask.text]);
  const outlets = organisation.filter(({ kind }) => kind === 'OUTLET');

  return (
    <form
      className="filters"
      role="search"
      aria-label={t('customers.filters')}
      onSubmit={(event) => {
        event.preventDefault();
        change({ text });
      }}
    >
      <Input.Search
        className="filter-text"
        placeholder={t('customers.textHint')}
        aria-label={t('customers.text')}
        value={text}
        allowClear
        onChange={(event) => setText(event.target.value)}
        onSearch={(value) => change({ text: value })}
      />
      <Select
        className="filter-wide"
        mode="multiple"
        maxTagCount="responsive"
        allowClear
        placeholder={t('customers.kind')}
        aria-label={t('customers.kind')}
        value={ask.kinds}
        options={KINDS.map((kind) => ({ value: kind, label: word('kind', kind) }))}
        onChange={(kinds) => change({ kinds })}
      />
      <Select
        className="filter-wide"
        mode="multiple"
        maxTagCount={2}
        allowClear
        placeholder={t('customers.anyStatus')}
        aria-label={t('customers.status')}
        value={ask.statuses}
        options={STATUSES.map((status) => ({ value: status, label: word('status', status) }))}
        onChange={(statuses) => change({ statuses })}
      />
      <Choice
        label={t('customers.tier')}
        value={ask.tier}
        options={TIERS.map((tier) => ({ value: tier, label: word('tier', tier) }))}
        onChange={(tier) => change({ tier })}
      />
      <Select
        className="filter-wide"
        mode="multiple"
        maxTagCount="responsive"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('customers.grid')}
        aria-label={t('customers.grid')}
        value={ask.gridIds}
        options={grids.map(({ id, code, name }) => ({ value: id, label: `${name} ${code}` }))}
        onChange={(gridIds) => change({ gridIds })}
      />
      {outlets.length > 1 && (
        <Select
          className="filter-wide"
          mode="multiple"
          maxTagCount="responsive"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('customers.outlet')}
          aria-label={t('customers.outlet')}
          value={ask.orgUnitIds}
          options={outlets.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(orgUnitIds) => change({ orgUnitIds })}
        />
      )}
      <Choice
        label={t('customers.loan')}
        value={ask.hasLoan === null ? null : String(ask.hasLoan)}
        options={[
          { value: 'true', label: t('customers.withLoan') },
          { value: 'false', label: t('customers.withoutLoan') },
        ]}
        onChange={(value) => change({ hasLoan: value === null ? null : value === 'true' })}
      />
      <Choice
        label={t('customers.place')}
        value={ask.isLocated === null ? null : String(ask.isLocated)}
        options={[
          { value: 'true', label: t('customers.located') },
          { value: 'false', label: t('customers.unlocated') },
        ]}
        onChange={(value) => change({ isLocated: value === null ? null : value === 'true' })}
      />
      <Choice
        label={t('customers.due')}
        value={ask.isDue === null ? null : String(ask.isDue)}
        options={[
          { value: 'true', label: t('customers.isDue') },
          { value: 'false', label: t('customers.isNotDue') },
        ]}
        onChange={(value) => change({ isDue: value === null ? null : value === 'true' })}
      />
      {ask.bands.length > 0 && (
        <Tag closable onClose={() => change({ bands: [] })}>
          {t('customers.bands', { bands: ask.bands.join(t('unit.listSeparator')) })}
        </Tag>
      )}
      {ask.visitedFrom && (
        <Tag closable onClose={() => change({ visitedFrom: null })}>
          {t('customers.visitedFrom', { day: ask.visitedFrom })}
        </Tag>
      )}
      {(ask.dueFrom || ask.dueTo) && (
        <Tag closable onClose={() => change({ dueFrom: null, dueTo: null })}>
          {t('customers.dueBetween', { from: ask.dueFrom ?? '', to: ask.dueTo ?? '' })}
        </Tag>
      )}
      <Range
        label={t('customers.depositRange')}
        unit={t('unit.wan')}
        from={ask.depositFromWan}
        to={ask.depositToWan}
        onChange={(depositFromWan, depositToWan) => change({ depositFromWan, depositToWan })}
      />
      <Range
        label={t('customers.scoreRange')}
        unit="%"
        max={100}
        from={ask.scoreFrom}
        to={ask.scoreTo}
        onChange={(scoreFrom, scoreTo) => change({ scoreFrom, scoreTo })}
      />
      {!isUnfiltered(ask) && (
        <Button
          type="link"
          onClick={() => onChange({ ...NOTHING_ASKED, sort: ask.sort, isDescending: ask.isDescending })}
        >
          {t('customers.clear')}
        </Button>
      )}
    </form>
  );
}

type ChoiceProps = {
  label: string;
  value: string | null;
  options: { value: string; label: string }[];
  onChange: (value: string | null) => void;
};

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <div className="filter-choice">
      <span className="filter-label">{label}</span>
      <Segmented
        aria-label={label}
        value={value ?? ''}
        options={[{ value: '', label: t('customers.any') }, ...options]}
        onChange={(chosen) => onChange(chosen === '' ? null : chosen)}
      />
    </div>
  );
}

type RangeProps = {
  label: string;
  unit: string;
  max?: number;
  from: number | null;
  to: number | null;
  onChange: (from: number | null, to: number | null) => void;
};

/** Two ends of a range, taken over when the field is left or Enter is pressed, not with every key. */
function Range({ label, unit, max, from, to, onChange }: RangeProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState({ from, to });
  useEffect(() => setDraft({ from, to }), [from, to]);
  const take = () => {
    if (draft.from !== from || draft.to !== to) onChange(draft.from, draft.to);
  };
  const limits = { min: 0, ...(max !== undefined && { max }) };
  return (
    <div className="filter-choice" role="group" aria-label={label}>
      <span className="filter-label">{label}</span>
      <InputNumber
        {...limits}
        controls={false}
        aria-label={t('customers.rangeFrom', { label })}
        placeholder={t('customers.from')}
        value={draft.from}
        onChange={(value) => setDraft({ ...draft, from: value })}
        onBlur={take}
        onPressEnter={take}
      />
      <span aria-hidden="true">–</span>
      <InputNumber
        {...limits}
        controls={false}
        aria-label={t('customers.rangeTo', { label })}
        placeholder={t('customers.to')}
        value={draft.to}
        onChange={(value) => setDraft({ ...draft, to: value })}
        onBlur={take}
        onPressEnter={take}
      />
      <span className="unit">{unit}</span>
    </div>
  );
}

import { Button, InputNumber, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holderOf, type Model, smallGrids } from './model';
import './plans.css';

export type Share = { readonly staffNumber: string; readonly percent: number };
type Props = { model: Model; shares: readonly Share[]; onChange: (shares: readonly Share[]) => void };

const HALF = 50;
const FULL_TIME = 100;

/** Who does not work full time gets as much less: what is kept with him, or what is said here for this question. */
export function BalanceShares({ model, shares, onChange }: Props) {
  const { t } = useTranslation();
  const [number, setNumber] = useState<string | null>(null);
  const [percent, setPercent] = useState(HALF);
  const people = new Map(
    smallGrids(model).flatMap((grid) => {
      const holder = holderOf(grid);
      return holder ? [[holder.number, holder] as const] : [];
    }),
  );
  const kept = [...people.values()].filter(({ fullTimePercent }) => fullTimePercent < FULL_TIME);
  const choose = (staffNumber: string) => {
    const { fullTimePercent } = people.get(staffNumber)!;
    setNumber(staffNumber);
    setPercent(fullTimePercent < FULL_TIME ? fullTimePercent : HALF);
  };
  const without = (staffNumber: string) => shares.filter((one) => one.staffNumber !== staffNumber);
  return (
    <>
      {kept.length > 0 && (
        <p className="faint">
          {t('balance.kept', {
            who: kept
              .map(({ name, fullTimePercent }) => t('balance.keptOne', { name, percent: fullTimePercent }))
              .join(t('unit.listSeparator')),
          })}
        </p>
      )}
      <div className="plan-give">
        <Select
          showSearch
          size="small"
          className="plan-target"
          optionFilterProp="label"
          aria-label={t('balance.partTime')}
          placeholder={t('balance.partTime')}
          value={number}
          options={[...people].map(([value, { name }]) => ({ value, label: `${name} ${value}` }))}
          onChange={choose}
        />
        <InputNumber
          size="small"
          min={1}
          max={100}
          value={percent}
          suffix={t('unit.percent')}
          aria-label={t('balance.percent')}
          onChange={(value) => setPercent(value ?? HALF)}
        />
        <Button
          size="small"
          disabled={number === null}
          onClick={() => {
            onChange([...without(number!), { staffNumber: number!, percent }]);
            setNumber(null);
          }}
        >
          {t('balance.add')}
        </Button>
      </div>
      {shares.length > 0 && (
        <p>
          {shares.map((share) => (
            <Tag key={share.staffNumber} closable onClose={() => onChange(without(share.staffNumber))}>
              {t('balance.share', {
                name: people.get(share.staffNumber)?.name ?? share.staffNumber,
                percent: share.percent,
              })}
            </Tag>
          ))}
        </p>
      )}
    </>
  );
}

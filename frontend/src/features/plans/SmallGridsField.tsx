import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from './GridActFields';
import { type Grid, type Model, smallGrids } from './model';
import type { usePlanActs } from './usePlanActs';
import './plans.css';

type Props = { grid: Grid; model: Model; acts: ReturnType<typeof usePlanActs> };

/** Small grids that go into a large one; the others of it stay. */
export function SmallGridsField({ grid, model, acts }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const others = smallGrids(model).filter(({ parentCode }) => parentCode !== grid.code);
  const gridCodes = chosen.filter((code) => others.some((one) => one.code === code));
  const put = async () => {
    if (await acts.carryOut({ act: { put: { gridCodes: [...gridCodes], largeCode: grid.code } } })) setChosen([]);
  };
  return (
    <Field label={t('plans.putSmall')}>
      <Select
        mode="multiple"
        size="small"
        className="plan-choice"
        optionFilterProp="label"
        aria-label={t('plans.putSmall')}
        placeholder={t('plans.putSmall')}
        value={gridCodes}
        options={others.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
        onChange={setChosen}
      />
      <Button size="small" disabled={acts.isWaiting || gridCodes.length === 0} onClick={() => void put()}>
        {t('plans.put')}
      </Button>
    </Field>
  );
}

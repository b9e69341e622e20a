import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { type Model, smallGrids } from './model';
import type { Outlet } from './PlanEditor';
import type { usePlanActs } from './usePlanActs';
import './plans.css';

type Props = {
  model: Model;
  /** The small grids to begin with: those of what is chosen on the map. */
  begins: readonly string[];
  outlets: readonly Outlet[];
  acts: ReturnType<typeof usePlanActs>;
  onClose: () => void;
};

/** A large grid of small ones, which leave the large grids that they are in now. */
export function NewLargeGridDialog({ model, begins, outlets, acts, onClose }: Props) {
  const { t } = useTranslation();
  const [gridCodes, setGridCodes] = useState<readonly string[]>(begins);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const first = model.grids.get(begins[0] ?? '')?.outletCode;
  const [outletCode, setOutletCode] = useState(first ?? outlets[0]?.code ?? '');
  const isTaken = model.grids.has(code.trim());
  const isWhole = code.trim() !== '' && name.trim() !== '' && gridCodes.length > 0;
  const send = async () => {
    const make = {
      code: code.trim(),
      name: name.trim(),
      level: 'LARGE' as const,
      outletCode,
      gridCodes: [...gridCodes],
    };
    if (await acts.carryOut({ act: { make } })) onClose();
  };
  return (
    <Modal
      open
      title={t('plans.newLarge')}
      okText={t('plans.make')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: !isWhole || isTaken, loading: acts.isWaiting }}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <p className="dialog-lead">{t('plans.newLargeLead')}</p>
      <div className="plan-form">
        <label htmlFor="large-code">{t('plans.code')}</label>
        <Input id="large-code" autoFocus value={code} onChange={(event) => setCode(event.target.value)} />
        {isTaken && <p className="faint plan-hint">{t('plans.codeTaken')}</p>}
        <label htmlFor="large-name">{t('plans.name')}</label>
        <Input id="large-name" value={name} onChange={(event) => setName(event.target.value)} />
        <label htmlFor="large-outlet">{t('plans.outlet')}</label>
        <Select
          id="large-outlet"
          value={outletCode}
          options={outlets.map((one) => ({ value: one.code, label: one.name }))}
          onChange={setOutletCode}
        />
        <label htmlFor="large-grids">{t('plans.smallGrids')}</label>
        <Select
          id="large-grids"
          mode="multiple"
          optionFilterProp="label"
          value={[...gridCodes]}
          options={smallGrids(model).map((one) => ({ value: one.code, label: `${one.name} ${one.code}` }))}
          onChange={setGridCodes}
        />
      </div>
      {acts.trouble && <FormAlert>{acts.trouble.sentence}</FormAlert>}
    </Modal>
  );
}

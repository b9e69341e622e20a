import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { type Atom, atomsOf, type Model } from './model';
import type { Outlet } from './PlanEditor';
import type { Act, usePlanActs } from './usePlanActs';
import './plans.css';

type Props = {
  model: Model;
  atoms: readonly Atom[];
  outlets: readonly Outlet[];
  acts: ReturnType<typeof usePlanActs>;
  onClose: () => void;
  onMade: () => void;
};

/** A grid of what is chosen. Of a part of one grid it is a split, and keeps its outlet, large grid and posts. */
export function NewGridDialog({ model, atoms, outlets, acts, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const from = atoms[0]?.gridCode ?? null;
  const isSplit =
    from !== null && atoms.every(({ gridCode }) => gridCode === from) && atoms.length < atomsOf(model, from).length;
  const whole = from === null ? undefined : model.grids.get(from);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [outletCode, setOutletCode] = useState(whole?.outletCode ?? outlets[0]?.code ?? '');
  const isTaken = model.grids.has(code.trim());
  const atomIds = atoms.map(({ id }) => id);
  const send = async () => {
    const named = { code: code.trim(), name: name.trim() };
    const act: Act = isSplit
      ? { split: { gridCode: from, ...named, atomIds } }
      : { make: { ...named, level: 'SMALL', outletCode, atomIds } };
    if (!(await acts.carryOut({ act }))) return;
    onMade();
    onClose();
  };
  return (
    <Modal
      open
      title={t(isSplit ? 'plans.splitTitle' : 'plans.makeTitle', { grid: whole?.name ?? '', count: atoms.length })}
      okText={t('plans.make')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: code.trim() === '' || name.trim() === '' || isTaken, loading: acts.isWaiting }}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <p className="dialog-lead">{t(isSplit ? 'plans.splitLead' : 'plans.makeLead')}</p>
      <div className="plan-form">
        <label htmlFor="grid-code">{t('plans.code')}</label>
        <Input id="grid-code" autoFocus value={code} onChange={(event) => setCode(event.target.value)} />
        {isTaken && <p className="faint plan-hint">{t('plans.codeTaken')}</p>}
        <label htmlFor="grid-name">{t('plans.name')}</label>
        <Input id="grid-name" value={name} onChange={(event) => setName(event.target.value)} />
        {!isSplit && (
          <>
            <label htmlFor="grid-outlet">{t('plans.outlet')}</label>
            <Select
              id="grid-outlet"
              value={outletCode}
              options={outlets.map((one) => ({ value: one.code, label: one.name }))}
              onChange={setOutletCode}
            />
          </>
        )}
      </div>
      {acts.trouble && <FormAlert>{acts.trouble.sentence}</FormAlert>}
    </Modal>
  );
}

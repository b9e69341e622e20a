import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format';
import type { Effect } from './effect';
import { EffectTable, ROWS } from './EffectTable';
import { added, type Model, smallGrids } from './model';
import { NewGridDialog } from './NewGridDialog';
import type { Outlet } from './PlanEditor';
import type { Drawing } from './useDrawing';
import type { usePlanActs } from './usePlanActs';
import { WorkTable } from './WorkTable';
import './plans.css';

type Props = {
  model: Model;
  effect: Effect;
  drawing: Drawing;
  acts: ReturnType<typeof usePlanActs>;
  canEdit: boolean;
  outlets: readonly Outlet[];
};

/** What is chosen or dragged, and what giving it to a grid would mean, before anything is done. */
export function SelectionPanel({ model, effect, drawing, acts, canEdit, outlets }: Props) {
  const { t } = useTranslation();
  const [isMaking, setMaking] = useState(false);
  const { over, target } = drawing;
  const ids = over?.ids ?? [...drawing.chosen];
  const atoms = ids.flatMap((id) => model.atoms.get(id) ?? []);
  const sum = added(atoms.map(({ figures }) => figures));
  const grids = smallGrids(model);
  const to = over ? over.grid : target;
  return (
    <section className="plan-chosen" aria-label={t('plans.chosen')}>
      <h2>{t(over ? 'plans.dragged' : 'plans.chosenAtoms', { count: atoms.length })}</h2>
      <p className="plan-sum">
        {ROWS.map((row) => (
          <span key={row}>
            <span className="faint">{t(`plans.${row}`)}</span>{' '}
            <span className="number strong">{formatCount(Math.round(sum[row]))}</span>
          </span>
        ))}
      </p>
      {canEdit && !over && (
        <p className="plan-give">
          <Select
            showSearch
            className="plan-target"
            aria-label={t('plans.target')}
            placeholder={t('plans.target')}
            value={target}
            optionFilterProp="label"
            options={grids.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
            onChange={(code: string) => drawing.setTarget(code)}
          />
          <Button
            type="primary"
            disabled={target === null || effect.moved.length === 0}
            loading={acts.isWaiting}
            onClick={() => void drawing.assign(effect.moved, target)}
          >
            {t('plans.assign')}
          </Button>
        </p>
      )}
      {to !== null && <EffectTable model={model} effect={effect} />}
      {to !== null && effect.moved.length > 0 && <WorkTable model={model} effect={effect} />}
      {canEdit && !over && (
        <p className="plan-notice-acts">
          <Button size="small" onClick={() => setMaking(true)}>
            {t('plans.newGrid')}
          </Button>
          <Button
            size="small"
            disabled={acts.isWaiting || atoms.every(({ gridCode }) => gridCode === null)}
            onClick={() => void drawing.assign(ids, null)}
          >
            {t('plans.takeOut')}
          </Button>
          <Button size="small" onClick={drawing.clear}>
            {t('plans.clear')}
          </Button>
        </p>
      )}
      {isMaking && (
        <NewGridDialog {...{ model, atoms, outlets, acts }} onClose={() => setMaking(false)} onMade={drawing.clear} />
      )}
    </section>
  );
}

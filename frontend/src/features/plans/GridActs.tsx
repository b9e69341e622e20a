import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice, Field } from './GridActFields';
import type { Grid, Model } from './model';
import type { Outlet } from './PlanEditor';
import { SeatField } from './SeatField';
import { SmallGridsField } from './SmallGridsField';
import type { Drawing } from './useDrawing';
import type { Act, usePlanActs } from './usePlanActs';
import './plans.css';

type Props = {
  grid: Grid;
  model: Model;
  drawing: Drawing;
  acts: ReturnType<typeof usePlanActs>;
  canEdit: boolean;
  outlets: readonly Outlet[];
};

/** What can be done with one grid: a name, another outlet, one grid of several, another large one, people, or none. */
export function GridActs({ grid, model, drawing, acts, canEdit, outlets }: Props) {
  const { t } = useTranslation();
  // What is written stays; a field that nobody touched follows what others did.
  const [typedName, setName] = useState<string | null>(null);
  const name = typedName ?? grid.name;
  const { code, level } = grid;
  const isLarge = level === 'LARGE';
  const act = (one: Act) => void acts.carryOut({ act: one });
  const others = [...model.grids.values()].filter((one) => one.level === level && one.code !== code);
  const large = [...model.grids.values()].filter((one) => one.level === 'LARGE');
  const listed = (grids: readonly Grid[]) =>
    grids.map((one) => ({ value: one.code, label: `${one.name} ${one.code}` }));
  if (!canEdit) return <p className="faint">{t('plans.readOnly', { outlet: grid.outlet })}</p>;
  return (
    <div className="plan-grid-acts" role="group" aria-label={grid.name}>
      <Field label={t('plans.name')}>
        <Input
          size="small"
          value={name}
          aria-label={t('plans.name')}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          size="small"
          disabled={acts.isWaiting || name.trim() === '' || name.trim() === grid.name}
          onClick={() => act({ rename: { gridCode: code, name: name.trim() } })}
        >
          {t('plans.rename')}
        </Button>
      </Field>
      <Field label={t('plans.outlet')}>
        <Choice
          label={t('plans.outlet')}
          value={grid.outletCode}
          options={outlets.map((one) => ({ value: one.code, label: one.name }))}
          onChoose={(outletCode) => act({ give: { gridCode: code, outletCode } })}
        />
      </Field>
      <Field label={t('plans.mergeInto')}>
        <Choice
          label={t('plans.mergeInto')}
          value={null}
          options={listed(others)}
          onChoose={(intoCode) => act({ merge: { intoCode, gridCodes: [code] } })}
        />
      </Field>
      {isLarge && <SmallGridsField {...{ grid, model, acts }} />}
      {!isLarge && (
        <>
          {large.length > 0 && (
            <Field label={t('plans.inLarge')}>
              <Choice
                label={t('plans.inLarge')}
                value={grid.parentCode}
                options={listed(large)}
                onChoose={(largeCode) => act({ put: { gridCodes: [code], largeCode } })}
              />
            </Field>
          )}
          <SeatField role="A" {...{ grid, acts }} />
          <SeatField role="B" {...{ grid, acts }} />
        </>
      )}
      <p className="plan-notice-acts">
        <Button size="small" onClick={() => drawing.chooseGrid(code)}>
          {t('plans.chooseAtoms')}
        </Button>
        <Button size="small" danger disabled={acts.isWaiting} onClick={() => act({ remove: code })}>
          {t('plans.remove')}
        </Button>
      </p>
    </div>
  );
}

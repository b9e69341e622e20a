import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { PlanHistory_changes$key } from '@/__generated__/PlanHistory_changes.graphql';
import type { PlanTabs_plan$key } from '@/__generated__/PlanTabs_plan.graphql';
import { type Model, smallGrids } from './model';
import { Reading } from '@/shared/Reading';
import { PlanAtomTable } from './PlanAtomTable';
import { PlanBalance } from './PlanBalance';
import type { Outlet } from './PlanEditor';
import { PlanFindings } from './PlanFindings';
import { PlanGridTable } from './PlanGridTable';
import { PlanHistory } from './PlanHistory';
import type { Drawing, TabName } from './useDrawing';
import type { usePlanActs } from './usePlanActs';
import './plans.css';

type Props = {
  plan: PlanTabs_plan$key;
  changes: PlanHistory_changes$key;
  model: Model;
  drawing: Drawing;
  acts: ReturnType<typeof usePlanActs>;
  canEdit: boolean;
  outlets: readonly Outlet[];
  onStale: () => void;
};

/** Beside the map, and instead of it for who works by keyboard: grids, atoms, what is wrong, what was done. */
export function PlanTabs({ plan, changes, model, drawing, acts, canEdit, outlets, onStale }: Props) {
  const { t } = useTranslation();
  const data = useFragment(
    graphql`
      fragment PlanTabs_plan on GridPlan {
        id
        mayCross
        findings {
          code
        }
        ...PlanFindings_plan
      }
    `,
    plan,
  );
  return (
    <Tabs
      className="plan-tabs"
      size="small"
      tabBarGutter={16}
      activeKey={drawing.tab}
      onChange={(tab) => drawing.setTab(tab as TabName)}
      items={[
        {
          key: 'GRIDS',
          label: t('plans.tabGrids', { rows: smallGrids(model).length }),
          children: <PlanGridTable {...{ model, drawing, acts, canEdit, outlets }} />,
        },
        {
          key: 'ATOMS',
          label: t('plans.tabAtoms', { rows: model.atoms.size }),
          children: <PlanAtomTable {...{ model, drawing }} />,
        },
        {
          key: 'FINDINGS',
          label: t('plans.tabFindings', { rows: data.findings.length }),
          children: <PlanFindings plan={data} drawing={drawing} />,
        },
        { key: 'CHANGES', label: t('plans.tabChanges'), children: <PlanHistory changes={changes} /> },
        ...(canEdit
          ? [
              {
                key: 'BALANCE',
                label: t('plans.tabBalance'),
                children: (
                  <Reading askKey="balance">
                    {() => (
                      <PlanBalance
                        planId={data.id}
                        mayCross={data.mayCross != null}
                        {...{ model, drawing }}
                        onTaken={onStale}
                      />
                    )}
                  </Reading>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { PlanEditor_changes$key } from '@/__generated__/PlanEditor_changes.graphql';
import type { PlanEditor_plan$key } from '@/__generated__/PlanEditor_plan.graphql';
import type { usePlanModel_atoms$key } from '@/__generated__/usePlanModel_atoms.graphql';
import type { usePlanModel_grids$key } from '@/__generated__/usePlanModel_grids.graphql';
import { useCan, useSession } from '@/shared/session';
import { effectOf } from './effect';
import { boundsOfAtoms, labelsOf, marksOf, standsBesideAnother } from './marks';
import { positionOf, withMoves } from './model';
import { PlanCanvas } from './PlanCanvas';
import { PlanHead } from './PlanHead';
import { PlanLegend } from './PlanLegend';
import { PlanNotices } from './PlanNotices';
import { PlanTabs } from './PlanTabs';
import { PlanTools } from './PlanTools';
import { SelectionPanel } from './SelectionPanel';
import { useDrawing } from './useDrawing';
import { usePlanActs } from './usePlanActs';
import { usePlanKeys } from './usePlanKeys';
import { usePlanModel } from './usePlanModel';
import { usePlanNews } from './usePlanNews';
import './plans.css';

export type Outlet = { readonly code: string; readonly name: string };

type Props = {
  plan: PlanEditor_plan$key;
  atoms: usePlanModel_atoms$key;
  grids: usePlanModel_grids$key;
  changes: PlanEditor_changes$key;
  outlets: readonly Outlet[];
  /** Asks for the draft as it is now. */
  onStale: () => void;
  /** What waits for a second person. */
  proposals: ReactNode;
};

/** 方案: a draft on the map, what it would mean, and who does what to it. */
export function PlanEditor({ atoms, grids, outlets, onStale, proposals, ...keys }: Props) {
  const { t } = useTranslation();
  const { tileVersion } = useSession();
  const plan = useFragment(
    graphql`
      fragment PlanEditor_plan on GridPlan {
        id
        state
        version
        ...PlanHead_plan
        ...PlanTabs_plan
      }
    `,
    keys.plan,
  );
  const changes = useFragment(
    graphql`
      fragment PlanEditor_changes on PlanChange @relay(plural: true) {
        version
        ...PlanHistory_changes
      }
    `,
    keys.changes,
  );
  const model = usePlanModel(atoms, grids);
  // What others did is known up to the newest act that was read, whatever an answer has said of the plan since.
  const version = changes[0]?.version ?? 0;
  const acts = usePlanActs(plan.id, version, onStale);
  const drawing = useDrawing(model, acts.carryOut);
  const isDraft = plan.state === 'DRAFT' || plan.state === 'CHECKED';
  const canEdit = useCan('GRIDS_EDIT') && isDraft;
  usePlanNews(plan.id, version, (news) => {
    drawing.hear(news);
    onStale();
  });
  usePlanKeys(canEdit && !acts.isWaiting, acts.carryOut, drawing.clear);
  const { chosen, over, target, shading, locked, preview } = drawing;
  const ids = useMemo(() => over?.ids ?? [...chosen], [over, chosen]);
  const to = over ? over.grid : target;
  const effect = useMemo(() => effectOf(model, ids, to), [model, ids, to]);
  const seen = useMemo(
    () => (preview ? withMoves(model, preview.moves as Record<string, string>) : model),
    [model, preview],
  );
  const marks = useMemo(
    () => marksOf(seen, { shading, chosen, target: over?.grid ?? null, locked }),
    [seen, shading, chosen, over?.grid, locked],
  );
  const labels = useMemo(() => labelsOf(model), [model]);
  const middles = useMemo(() => [...model.atoms.values()].map((atom) => [atom.id, positionOf(atom)] as const), [model]);
  const bounds = useMemo(() => boundsOfAtoms(model, model.atoms.values()), [model]);
  return (
    <div className="plan-page">
      <PlanHead plan={plan} {...{ version, acts, canEdit }} isEmpty={model.grids.size === 0} onDone={onStale} />
      <div className="plan-map">
        <PlanCanvas
          label={t('plans.map')}
          planId={plan.id}
          {...{ tileVersion, bounds, marks, labels, middles, chosen, look: drawing.look }}
          mode={canEdit ? drawing.mode : 'PICK'}
          onPick={drawing.pick}
          onLasso={drawing.take}
          onDragOver={(dragged, atom) => canEdit && drawing.dragOver(dragged, atom)}
          onDrop={(dragged, atom) => canEdit && drawing.drop(dragged, atom)}
        />
        <PlanTools {...{ drawing, canEdit }} />
        <PlanLegend shading={shading} isPreview={preview !== null} isBesideAnother={standsBesideAnother(model)} />
      </div>
      <aside className="plan-side" aria-label={t('plans.side')}>
        <PlanNotices {...{ acts, drawing }} />
        {proposals}
        {ids.length > 0 && <SelectionPanel {...{ model, effect, drawing, acts, canEdit, outlets }} />}
        <PlanTabs plan={plan} changes={changes} {...{ model, drawing, acts, canEdit, outlets, onStale }} />
      </aside>
    </div>
  );
}

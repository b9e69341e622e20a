import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { PlanHead_plan$key } from '@/__generated__/PlanHead_plan.graphql';
import { ConfirmButton } from '@/shared/patterns/ConfirmButton';
import { useCan } from '@/shared/session';
import { ExportMenu } from './ExportMenu';
import { LimitsDialog } from './LimitsDialog';
import { PlanStateTag } from './PlanStateTag';
import { ProposePlanDialog } from './ProposePlanDialog';
import type { usePlanActs } from './usePlanActs';
import './plans.css';

type Props = {
  plan: PlanHead_plan$key;
  /** The newest act that the page knows. */
  version: number;
  acts: ReturnType<typeof usePlanActs>;
  canEdit: boolean;
  isEmpty: boolean;
  onDone: () => void;
};

/** Which plan, where it stands, and its way into force. */
export function PlanHead({ plan, version, acts, canEdit, isEmpty, onDone }: Props) {
  const { t } = useTranslation();
  const canRecall = useCan('GRIDS_APPROVE');
  const [open, setOpen] = useState<'propose' | 'limits' | null>(null);
  const data = useFragment(
    graphql`
      fragment PlanHead_plan on GridPlan {
        id
        name
        state
        fromOn
        toOn
        mayCross
        mayBeginOn
        basedOn
        madeBy
      }
    `,
    plan,
  );
  const go = (step: Parameters<typeof acts.carryOut>[0]) => void acts.carryOut(step);
  return (
    <header className="plan-head">
      <Link to="/plans">{t('plans.all')}</Link>
      <h1>{data.name}</h1>
      <PlanStateTag state={data.state} fromOn={data.fromOn ?? null} toOn={data.toOn ?? null} />
      <span className="faint">
        {t('plans.version', { version })}
        {data.basedOn && ` · ${t('plans.basedOn', { name: data.basedOn })}`}
        {data.madeBy && ` · ${data.madeBy}`}
      </span>
      <div className="plan-acts">
        <ExportMenu planId={data.id} />
        {canEdit && (
          <>
            <Button
              disabled={acts.isWaiting}
              aria-keyshortcuts="Control+Z"
              title={t('plans.undoKey')}
              onClick={() => go({ step: 'undo' })}
            >
              {t('plans.undo')}
            </Button>
            <Button
              disabled={acts.isWaiting}
              aria-keyshortcuts="Control+Y"
              title={t('plans.redoKey')}
              onClick={() => go({ step: 'redo' })}
            >
              {t('plans.redo')}
            </Button>
            <Button onClick={() => setOpen('limits')}>{t(data.mayCross ? 'plans.limitsOpen' : 'plans.limits')}</Button>
            <Button
              type={data.state === 'DRAFT' ? 'primary' : 'default'}
              disabled={acts.isWaiting || isEmpty || data.state !== 'DRAFT'}
              onClick={() => go({ step: 'check' })}
            >
              {t('plans.check')}
            </Button>
            {data.state === 'CHECKED' && (
              <Button type="primary" onClick={() => setOpen('propose')}>
                {t('plans.propose')}
              </Button>
            )}
            <ConfirmButton
              word={t('plans.discard')}
              question={t('plans.discardAsk')}
              onConfirm={() => go({ step: 'discard' })}
            />
          </>
        )}
        {data.state === 'APPROVED' && canRecall && (
          <ConfirmButton
            word={t('plans.recall')}
            question={t('plans.recallAsk')}
            onConfirm={() => go({ step: 'recall' })}
          />
        )}
      </div>
      {open === 'propose' && (
        <ProposePlanDialog
          planId={data.id}
          version={version}
          earliest={data.mayBeginOn}
          onClose={() => setOpen(null)}
          onDone={onDone}
        />
      )}
      {open === 'limits' && <LimitsDialog reason={data.mayCross ?? null} acts={acts} onClose={() => setOpen(null)} />}
    </header>
  );
}

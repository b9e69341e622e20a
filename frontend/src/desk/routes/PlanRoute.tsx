import { useState, useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { useParams } from 'react-router';
import type { PlanRouteQuery } from '@/__generated__/PlanRouteQuery.graphql';
import { PlanEditor } from '@/features/plans/PlanEditor';
import { EmptyState } from '@/shared/EmptyState';
import { Reading } from '@/shared/Reading';
import { useCan } from '@/shared/session';
import { PlanRouteProposals } from './PlanRouteProposals';

/** One plan: drawn on, or read. */
export function PlanRoute() {
  const { id = '' } = useParams();
  return <Reading askKey={id}>{(attempt) => <Plan key={id} id={id} attempt={attempt} />}</Reading>;
}

function Plan({ id, attempt }: { id: string; attempt: number }) {
  const { t } = useTranslation();
  const canSeeProposals = useCan('PROPOSALS_VIEW');
  const [asked, setAsked] = useState(0);
  const [, startTransition] = useTransition();
  const data = useLazyLoadQuery<PlanRouteQuery>(
    graphql`
      query PlanRouteQuery($id: ID!) {
        gridPlan(id: $id) {
          ...PlanEditor_plan
        }
        planGrids(planId: $id) {
          ...usePlanModel_grids
        }
        planAtoms(planId: $id) {
          ...usePlanModel_atoms
        }
        planChanges(planId: $id) {
          ...PlanEditor_changes
        }
        organisation {
          code
          name
          kind
        }
      }
    `,
    { id },
    { fetchKey: `${attempt}:${asked}`, fetchPolicy: 'network-only' },
  );
  // What is on the page stays until the answer is there.
  const askAgain = () => startTransition(() => setAsked((count) => count + 1));
  if (!data.gridPlan) {
    return <EmptyState title={t('plans.noPlan')} advice={t('plans.noPlanAdvice')} />;
  }
  return (
    <PlanEditor
      plan={data.gridPlan}
      grids={data.planGrids}
      atoms={data.planAtoms}
      changes={data.planChanges}
      outlets={data.organisation.filter(({ kind }) => kind === 'OUTLET')}
      onStale={askAgain}
      proposals={canSeeProposals && <PlanRouteProposals planId={id} asked={asked} onDone={askAgain} />}
    />
  );
}

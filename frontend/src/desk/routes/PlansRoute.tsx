import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { PlansRouteQuery } from '@/__generated__/PlansRouteQuery.graphql';
import { PlanList } from '@/features/plans/PlanList';
import { PageHead } from '@/shared/PageHead';
import { Reading } from '@/shared/Reading';

/** 方案: every plan of grids, and the way to a new draft. */
export function PlansRoute() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead title={t('plans.title')} detail={<span className="faint">{t('plans.what')}</span>} />
      <Reading>{(attempt) => <Plans attempt={attempt} />}</Reading>
    </div>
  );
}

function Plans({ attempt }: { attempt: number }) {
  const { gridPlans } = useLazyLoadQuery<PlansRouteQuery>(
    graphql`
      query PlansRouteQuery {
        gridPlans {
          ...PlanList_plans
        }
      }
    `,
    {},
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  return <PlanList plans={gridPlans} />;
}

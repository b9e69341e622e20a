import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { PlanList_plans$data, PlanList_plans$key } from '@/__generated__/PlanList_plans.graphql';
import { EmptyState } from '@/shared/EmptyState';
import { formatInstant } from '@/shared/format';
import { MakePlanDialog } from './MakePlanDialog';
import { PlanStateTag } from './PlanStateTag';
import './plans.css';

type Plan = PlanList_plans$data[number];
type Props = { plans: PlanList_plans$key };

/** All plans, the newest first, and the way to a new draft. */
export function PlanList({ plans }: Props) {
  const { t } = useTranslation();
  const [source, setSource] = useState<{ id: string; name: string } | 'none' | null>(null);
  const data = useFragment(
    graphql`
      fragment PlanList_plans on GridPlan @relay(plural: true) {
        id
        name
        number
        state
        fromOn
        toOn
        version
        basedOn
        madeBy
        madeAt
        findings {
          code
        }
      }
    `,
    plans,
  );
  const inForce = data.find(({ state }) => state === 'IN_FORCE');
  const columns: TableColumnsType<Plan> = [
    {
      key: 'number',
      title: t('plans.number'),
      width: 64,
      render: (_, { number }) => <span className="number">{number}</span>,
    },
    {
      key: 'name',
      title: t('plans.plan'),
      render: (_, { id, name }) => <Link to={`/plans/${encodeURIComponent(id)}`}>{name}</Link>,
    },
    {
      key: 'state',
      title: t('plans.state'),
      render: (_, { state, fromOn, toOn }) => (
        <PlanStateTag state={state} fromOn={fromOn ?? null} toOn={toOn ?? null} />
      ),
    },
    {
      key: 'findings',
      title: t('plans.findings'),
      align: 'right',
      render: (_, { findings }) => <span className="number">{findings.length || '–'}</span>,
    },
    {
      key: 'version',
      title: t('plans.acts'),
      align: 'right',
      render: (_, { version }) => <span className="number">{version || '–'}</span>,
    },
    { key: 'basedOn', title: t('plans.source'), render: (_, { basedOn }) => basedOn ?? '–' },
    {
      key: 'by',
      title: t('plans.madeBy'),
      render: (_, { madeBy, madeAt }) => (
        <>
          {madeBy ?? (madeAt ? t('plans.fromList') : '–')}{' '}
          {madeAt && <span className="faint number">{formatInstant(madeAt)}</span>}
        </>
      ),
    },
    {
      key: 'acts',
      title: '',
      align: 'right',
      render: (_, { id, name }) => (
        <Button size="small" aria-label={t('plans.draftOf', { name })} onClick={() => setSource({ id, name })}>
          {t('plans.draftOfThis')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <p className="plan-list-acts">
        {inForce && (
          <Button type="primary" onClick={() => setSource(inForce)}>
            {t('plans.draftOfForce')}
          </Button>
        )}
        <Button type={inForce ? 'default' : 'primary'} onClick={() => setSource('none')}>
          {t(inForce ? 'plans.draftEmpty' : 'plans.draftNew')}
        </Button>
      </p>
      {data.length === 0 ? (
        <EmptyState title={t('plans.noPlans')} advice={t('plans.noPlansAdvice')} />
      ) : (
        <Table<Plan> size="small" rowKey="id" pagination={false} columns={columns} dataSource={[...data]} />
      )}
      {source && (
        <MakePlanDialog
          source={source === 'none' ? null : source}
          mayPropose={!inForce}
          onClose={() => setSource(null)}
        />
      )}
    </>
  );
}

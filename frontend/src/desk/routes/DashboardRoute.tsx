import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { Link, useSearchParams } from 'react-router';
import type { DashboardRouteNoticesQuery } from '@/__generated__/DashboardRouteNoticesQuery.graphql';
import type { DashboardRouteOutletsQuery } from '@/__generated__/DashboardRouteOutletsQuery.graphql';
import type { DashboardRouteQuery } from '@/__generated__/DashboardRouteQuery.graphql';
import { DashboardBody } from '@/features/dashboard/DashboardBody';
import { PostNotices } from '@/features/grids/PostNotices';
import { EmptyState } from '@/shared/EmptyState';
import { PageHead } from '@/shared/PageHead';
import { Reading } from '@/shared/Reading';
import { useCan, useSession } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import '@/features/dashboard/dashboard.css';

/** 经营看板: the viewer's own scope, or one outlet of it. */
export function DashboardRoute() {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { role, scope, dataDate, orgUnitName } = useSession();
  const [search, setSearch] = useSearchParams();
  const orgUnitId = search.get('org');
  const seesGrids = useCan('GRIDS_VIEW');
  const seesOpening = useCan('IMPORTS_VIEW');
  return (
    <div className="page">
      <PageHead
        title={t('menu.dashboard')}
        detail={<span className="faint">{`${orgUnitName} · ${word('role', role)}`}</span>}
        actions={
          scope === 'BANK' && (
            <Reading waiting={null}>
              {() => <OutletChoice value={orgUnitId} onChange={(id) => setSearch(id ? { org: id } : {})} />}
            </Reading>
          )
        }
      />
      {seesGrids && <Reading waiting={null}>{(attempt) => <Notices attempt={attempt} />}</Reading>}
      {dataDate === null ? (
        <EmptyState
          title={t('state.noNight')}
          advice={t('state.noNightAdvice')}
          action={seesOpening && <Link to="/opening">{t('dashboard.toOpening')}</Link>}
        />
      ) : (
        <Reading askKey={orgUnitId ?? ''}>{(attempt) => <Body orgUnitId={orgUnitId} attempt={attempt} />}</Reading>
      )}
    </div>
  );
}

type BodyProps = { orgUnitId: string | null; attempt: number };

function Body({ orgUnitId, attempt }: BodyProps) {
  const { dashboard } = useLazyLoadQuery<DashboardRouteQuery>(
    graphql`
      query DashboardRouteQuery($orgUnitId: ID) {
        dashboard(orgUnitId: $orgUnitId) {
          ...DashboardBody_dashboard
        }
      }
    `,
    { orgUnitId },
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  return <DashboardBody dashboard={dashboard} orgUnitId={orgUnitId} />;
}

function Notices({ attempt }: { attempt: number }) {
  const { postNotices } = useLazyLoadQuery<DashboardRouteNoticesQuery>(
    graphql`
      query DashboardRouteNoticesQuery {
        postNotices {
          ...PostNotices_notices
        }
      }
    `,
    {},
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  return <PostNotices notices={postNotices} />;
}

type ChoiceProps = { value: string | null; onChange: (id: string | null) => void };

function OutletChoice({ value, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const { organisation } = useLazyLoadQuery<DashboardRouteOutletsQuery>(
    graphql`
      query DashboardRouteOutletsQuery {
        organisation {
          id
          name
          kind
        }
      }
    `,
    {},
  );
  return (
    <Select
      className="outlet-choice"
      aria-label={t('customers.outlet')}
      value={value ?? ''}
      showSearch={{ optionFilterProp: 'label' }}
      options={[
        { value: '', label: t('dashboard.wholeBank') },
        ...organisation.filter(({ kind }) => kind === 'OUTLET').map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(id) => onChange(id === '' ? null : id)}
    />
  );
}

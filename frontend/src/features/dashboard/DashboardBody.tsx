import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { DashboardBody_dashboard$key } from '@/__generated__/DashboardBody_dashboard.graphql';
import { serverNow } from '@/relay/contact';
import { bankDay, formatCount, formatPercent } from '@/shared/format';
import { Section } from '@/shared/Section';
import { useCan } from '@/shared/session';
import { FeedTable } from './FeedTable';
import { Funnel } from './Funnel';
import { Tile } from './Tile';
import './dashboard.css';

type Props = { dashboard: DashboardBody_dashboard$key; orgUnitId: string | null };

/** The figures of the day data were last complete, each with the rows behind it one step away. */
export function DashboardBody({ dashboard, orgUnitId }: Props) {
  const { t } = useTranslation();
  const data = useFragment(
    graphql`
      fragment DashboardBody_dashboard on Dashboard {
        dataDate
        customers
        gridCoverage
        visitsDue
        visitsDone
        funnel {
          step
          count
          denominators {
            of
            count
          }
        }
        feeds {
          feed
          dataDate
          state
          dueAt
        }
      }
    `,
    dashboard,
  );
  const canOpenCustomers = useCan('CUSTOMERS_VIEW');
  const list = (search: string) => {
    if (!canOpenCustomers) return null;
    const org = orgUnitId ? `org=${encodeURIComponent(orgUnitId)}&` : '';
    return `/customers?${org}${search}`;
  };
  return (
    <>
      <ul className="tiles">
        <Tile
          term={t('dashboard.customers')}
          unit={t('unit.households', { count: data.customers })}
          to={list('')}
          stamp={data.dataDate}
        >
          {formatCount(data.customers)}
        </Tile>
        <Tile
          term={t('dashboard.gridCoverage')}
          unit="%"
          to={list('located=0')}
          link={t('dashboard.openUnlocated')}
          stamp={data.dataDate}
        >
          {data.gridCoverage == null ? '–' : formatPercent(data.gridCoverage)}
        </Tile>
        <Tile
          term={t('dashboard.visitsDue')}
          unit={t('unit.households', { count: data.visitsDue })}
          to={list('due=1')}
          stamp={data.dataDate}
        >
          {formatCount(data.visitsDue)}
        </Tile>
        <Tile
          term={t('dashboard.visitsDone')}
          unit={t('unit.times', { count: data.visitsDone })}
          to={list(`visitedHereFrom=${bankDay(serverNow()).slice(0, 8)}01&sort=LAST_VISIT&order=desc`)}
          link={t('dashboard.openVisited')}
          stamp={t('dashboard.thisMonth')}
        >
          {formatCount(data.visitsDone)}
        </Tile>
      </ul>
      <div className="two-columns">
        <Section
          title={t('dashboard.funnel')}
          aside={<span className="stamp">{t('data.asOf', { day: data.dataDate })}</span>}
        >
          <Funnel steps={data.funnel} />
        </Section>
        <Section
          title={t('dashboard.feeds')}
          aside={<span className="stamp">{t('data.asOf', { day: data.dataDate })}</span>}
        >
          <FeedTable feeds={data.feeds} />
        </Section>
      </div>
    </>
  );
}

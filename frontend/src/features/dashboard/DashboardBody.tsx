import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { DashboardBody_dashboard$key } from '@/__generated__/DashboardBody_dashboard.graphql';
import { bankDay, formatCount, formatPercent } from '@/shared/format';
import { Section } from '@/shared/Section';
import { useCan } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import { Funnel } from './Funnel';
import './dashboard.css';

type Props = { dashboard: DashboardBody_dashboard$key; orgUnitId: string | null };

/** The figures of the day data were last complete, each with the rows behind it one step away. */
export function DashboardBody({ dashboard, orgUnitId }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
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
          late
        }
      }
    `,
    dashboard,
  );
  const canOpenCustomers = useCan('customers.view');
  const late = data.feeds.filter((feed) => feed.late);
  const list = (search: string) => {
    if (!canOpenCustomers) return null;
    const org = orgUnitId ? `org=${encodeURIComponent(orgUnitId)}&` : '';
    return `/customers?${org}${search}`;
  };
  return (
    <>
      {late.length > 0 && (
        <p role="alert" className="banner">
          <strong>{t('dashboard.lateTitle')}</strong>{' '}
          {late
            .map(({ feed, dataDate }) =>
              dataDate
                ? t('dashboard.lateFeed', { feed: word('feed', feed), day: dataDate })
                : t('dashboard.missingFeed', { feed: word('feed', feed) }),
            )
            .join(t('unit.listSeparator'))}
          {t('dashboard.lateAdvice')}
        </p>
      )}
      <ul className="tiles">
        <Tile term={t('dashboard.customers')} unit={t('unit.households')} to={list('')} stamp={data.dataDate}>
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
        <Tile term={t('dashboard.visitsDue')} unit={t('unit.households')} to={list('due=1')} stamp={data.dataDate}>
          {formatCount(data.visitsDue)}
        </Tile>
        <Tile
          term={t('dashboard.visitsDone')}
          unit={t('unit.times')}
          to={list(`visitedFrom=${bankDay(new Date()).slice(0, 8)}01&sort=LAST_VISIT&order=desc`)}
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
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('dashboard.feed')}</th>
                <th scope="col" className="right">
                  {t('dashboard.newest')}
                </th>
                <th scope="col">{t('dashboard.state')}</th>
              </tr>
            </thead>
            <tbody>
              {data.feeds.map(({ feed, dataDate, late: isLate }) => (
                <tr key={feed}>
                  <th scope="row">{word('feed', feed)}</th>
                  <td className="right number">{dataDate ?? '–'}</td>
                  <td>
                    {isLate ? (
                      <span className="tag tag-waiting">! {t('dashboard.late')}</span>
                    ) : (
                      <span className="tag tag-done">✓ {t('dashboard.onTime')}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      </div>
    </>
  );
}

type TileProps = {
  term: string;
  unit: string;
  to: string | null;
  link?: string;
  stamp: string;
  children: React.ReactNode;
};

function Tile({ term, unit, to, link, stamp, children }: TileProps) {
  const { t } = useTranslation();
  return (
    <li className="tile">
      <p className="tile-term">{term}</p>
      <p className="tile-value number">
        {children}
        <span className="unit"> {unit}</span>
      </p>
      <p className="tile-foot">
        <span className="stamp number">{stamp}</span>
        {to && <Link to={to}>{link ?? t('dashboard.openRows')}</Link>}
      </p>
    </li>
  );
}

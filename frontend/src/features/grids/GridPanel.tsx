import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { GridPanel_grid$key } from '@/__generated__/GridPanel_grid.graphql';
import { addDays, formatCount, formatPercent, formatSquareKilometres } from '@/shared/format';
import type { GridLevel } from '@/shared/map/mapStyle';
import { Money } from '@/shared/Money';
import { useCan, useSession } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import './grids.css';

const HIGHEST_BAND = 5;

/** The filter that keeps the bands from one on. */
function fromBand(lowest: number): string {
  const bands = Array.from({ length: HIGHEST_BAND - lowest + 1 }, (_, place) => lowest + place);
  return bands.map((band) => `&band=${band}`).join('');
}

type Props = { grid: GridPanel_grid$key; onChoose: (id: string, level: GridLevel) => void };

/** One grid: its figures, who works it, and the way to its customers. Every figure opens the rows behind it. */
export function GridPanel({ grid, onChoose }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const data = useFragment(
    graphql`
      fragment GridPanel_grid on Grid {
        id
        code
        name
        level
        areaM2
        parent {
          id
          name
        }
        children {
          id
          name
          statistics {
            customers
          }
        }
        posts {
          role
          from
          staff {
            id
            name
          }
        }
        statistics {
          customers
          located
          visited90d
          keyCustomers
          depositFen
          loanFen
          dueVisits
          atRisk
          atRiskBand
        }
      }
    `,
    grid,
  );
  const canOpenCustomers = useCan('CUSTOMERS_VIEW');
  const { dataDate } = useSession();
  // Ninety days end with the data date.
  const visitedSince = dataDate === null ? null : addDays(dataDate, -89);
  const { statistics: figures } = data;
  const gridSearch = (data.level === 'LARGE' ? data.children.map(({ id }) => id) : [data.id])
    .map((id) => `grid=${encodeURIComponent(id)}`)
    .join('&');
  const list = (extra: string) => `/customers?${gridSearch}${extra}`;
  const share = (part: number) => (figures.customers === 0 ? '–' : `${formatPercent(part / figures.customers, 0)}%`);
  const count = (value: number, extra: string | null) =>
    canOpenCustomers && extra !== null && value > 0 ? (
      <Link to={list(extra)} className="number">
        {formatCount(value)}
      </Link>
    ) : (
      <span className="number">{formatCount(value)}</span>
    );
  return (
    <article className="grid-panel">
      <header>
        <h1>{data.name}</h1>
        <p className="faint">
          {word('level', data.level)} · <span className="number">{data.code}</span> ·{' '}
          {t('map.area', { km2: formatSquareKilometres(data.areaM2) })}
        </p>
        {data.parent && (
          <p className="faint">
            {t('map.partOf')}{' '}
            <button type="button" className="link" onClick={() => onChoose(data.parent!.id, 'LARGE')}>
              {data.parent.name}
            </button>
          </p>
        )}
      </header>
      <dl className="rows">
        <Row term={t('measure.customers')} unit={t('unit.households')}>
          {count(figures.customers, '')}
        </Row>
        <Row term={t('measure.keyCustomers')} unit={t('unit.households')}>
          {count(figures.keyCustomers, '&tier=KEY')}
        </Row>
        <Row term={t('measure.located')} unit={share(figures.located)}>
          {count(figures.located, '&located=1')}
        </Row>
        <Row term={t('measure.visited90d')} unit={share(figures.visited90d)}>
          {count(figures.visited90d, visitedSince === null ? null : `&visitedFrom=${visitedSince}`)}
        </Row>
        <Row term={t('measure.dueVisits')} unit={t('unit.households')}>
          {count(figures.dueVisits, '&due=1')}
        </Row>
        <Row term={t('measure.atRisk')} unit={t('unit.households')}>
          {count(figures.atRisk, `${fromBand(figures.atRiskBand)}&sort=ATTRITION_SCORE&order=desc`)}
        </Row>
        <Row term={t('measure.depositFen')} unit={t('unit.wan')}>
          <Money fen={figures.depositFen} />
        </Row>
        <Row term={t('measure.loanFen')} unit={t('unit.wan')}>
          <Money fen={figures.loanFen} />
        </Row>
      </dl>
      <h2>{t('map.posts')}</h2>
      {data.posts.length === 0 ? (
        <p className="faint">{data.level === 'LARGE' ? t('map.largeHasNoPosts') : t('map.noPosts')}</p>
      ) : (
        <ul className="plain">
          {data.posts.map(({ role, staff, from }) => (
            <li key={`${role}${staff.id}`}>
              <span className="tag tag-accent">{t(role === 'A' ? 'map.postA' : 'map.postB')}</span> {staff.name}{' '}
              <span className="faint number">{t('map.since', { day: from })}</span>
            </li>
          ))}
        </ul>
      )}
      {data.children.length > 0 && (
        <>
          <h2>{t('map.children', { count: data.children.length })}</h2>
          <ul className="plain columns">
            {data.children.map(({ id, name, statistics }) => (
              <li key={id}>
                <button type="button" className="link" onClick={() => onChoose(id, 'SMALL')}>
                  {name}
                </button>{' '}
                <span className="faint number">{formatCount(statistics.customers)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {canOpenCustomers && (
        <Link className="button-link" to={list('')}>
          {t('map.openCustomers')}
        </Link>
      )}
    </article>
  );
}

type RowProps = { term: string; unit: string; children: React.ReactNode };

function Row({ term, unit, children }: RowProps) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {children} <span className="unit">{unit}</span>
      </dd>
    </div>
  );
}

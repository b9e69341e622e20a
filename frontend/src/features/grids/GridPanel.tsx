import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { GridPanel_grid$key } from '@/__generated__/GridPanel_grid.graphql';
import { formatCount, formatSquareKilometres } from '@/shared/format';
import type { GridLevel } from '@/shared/map/mapStyle';
import { useCan } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import { GridFigures } from './GridFigures';
import { GridPosts } from './GridPosts';
import './grids.css';

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
          visitedHere90d
          visited90d
          keyCustomers
          depositFen
          loanFen
          dueVisits
          atRisk
          visited180d
          visited365d
          visitedEver
          medianDaysUnvisited
          atRiskBand
        }
      }
    `,
    grid,
  );
  const canOpenCustomers = useCan('CUSTOMERS_VIEW');
  const { statistics: figures } = data;
  const gridSearch = (data.level === 'LARGE' ? data.children.map(({ id }) => id) : [data.id])
    .map((id) => `grid=${encodeURIComponent(id)}`)
    .join('&');
  const list = (extra: string) => `/customers?${gridSearch}${extra}`;
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
      <GridFigures figures={figures} list={canOpenCustomers ? list : null} />
      <GridPosts posts={data.posts} isLarge={data.level === 'LARGE'} />
      {data.children.length > 0 && (
        <>
          <h2>{t('map.children', { rows: data.children.length })}</h2>
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

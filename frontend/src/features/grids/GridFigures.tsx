import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addDays, formatCount, formatPercent } from '@/shared/format';
import { LONG_AGO } from '@/shared/longAgo';
import { Money } from '@/shared/Money';
import { useSession } from '@/shared/session';
import type { GridFigures as Figures } from './measures';
import { unvisitedSince } from './visitClasses';

const HIGHEST_BAND = 5;
/** 盲区: what the row says, of whom it is the rest, and after how many days. */
const BLIND = [
  ['unvisited90d', 'visited90d', 90],
  ['unvisited180d', 'visited180d', 180],
  ['unvisited365d', 'visited365d', 365],
  ['neverVisited', 'visitedEver', null],
] as const;

/** The filter that keeps the bands from one on. */
function fromBand(lowest: number): string {
  const bands = Array.from({ length: HIGHEST_BAND - lowest + 1 }, (_, place) => lowest + place);
  return bands.map((band) => `&band=${band}`).join('');
}

type Props = {
  figures: Figures & { readonly atRiskBand: number };
  /** The address of the grid's customers with something more asked; null for who may not see them. */
  list: ((extra: string) => string) | null;
};

/** The figures of a grid, each with the customers behind it one step away. */
export function GridFigures({ figures, list }: Props) {
  const { t } = useTranslation();
  const { dataDate } = useSession();
  // Ninety days end with the data date.
  const visitedSince = dataDate === null ? null : addDays(dataDate, -89);
  const share = (part: number) => (figures.customers === 0 ? '–' : `${formatPercent(part / figures.customers, 0)}%`);
  const count = (value: number, extra: string | null) =>
    list && extra !== null && value > 0 ? (
      <Link to={list(extra)} className="number">
        {formatCount(value)}
      </Link>
    ) : (
      <span className="number">{formatCount(value)}</span>
    );
  return (
    <dl className="rows">
      <Row term={t('measure.customers')} unit={t('unit.households', { count: figures.customers })}>
        {count(figures.customers, '')}
      </Row>
      <Row term={t('measure.keyCustomers')} unit={t('unit.households', { count: figures.keyCustomers })}>
        {count(figures.keyCustomers, '&tier=KEY')}
      </Row>
      <Row term={t('measure.located')} unit={share(figures.located)}>
        {count(figures.located, '&located=1')}
      </Row>
      <Row term={t('measure.visitedHere90d')} unit={share(figures.visitedHere90d)}>
        {count(figures.visitedHere90d, visitedSince === null ? null : `&visitedHereFrom=${visitedSince}`)}
      </Row>
      {BLIND.map(([term, visited, days]) => (
        <Row key={term} term={t(`map.${term}`)} unit={share(figures.customers - figures[visited])}>
          {count(
            figures.customers - figures[visited],
            dataDate === null ? null : `&unvisitedFrom=${days === null ? LONG_AGO : unvisitedSince(dataDate, days)}`,
          )}
        </Row>
      ))}
      {typeof figures.medianDaysUnvisited === 'number' && (
        <Row term={t('map.medianDaysUnvisited')} unit={t('unit.days', { count: figures.medianDaysUnvisited })}>
          <span className="number">{formatCount(figures.medianDaysUnvisited)}</span>
        </Row>
      )}
      <Row term={t('measure.dueVisits')} unit={t('unit.households', { count: figures.dueVisits })}>
        {count(figures.dueVisits, '&due=1')}
      </Row>
      <Row term={t('measure.atRisk')} unit={t('unit.households', { count: figures.atRisk })}>
        {count(figures.atRisk, `${fromBand(figures.atRiskBand)}&sort=ATTRITION_SCORE&order=desc`)}
      </Row>
      <Row term={t('measure.depositFen')} unit={t('unit.wan')}>
        <Money fen={figures.depositFen} />
      </Row>
      <Row term={t('measure.loanFen')} unit={t('unit.wan')}>
        <Money fen={figures.loanFen} />
      </Row>
    </dl>
  );
}

type RowProps = { term: string; unit: string; children: ReactNode };

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

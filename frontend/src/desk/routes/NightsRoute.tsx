import { Segmented } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchQuery, graphql, useLazyLoadQuery, usePaginationFragment, useRelayEnvironment } from 'react-relay';
import { useSearchParams } from 'react-router';
import type { NightsRoute_batches$key } from '@/__generated__/NightsRoute_batches.graphql';
import type { NightsRouteBatchesPageQuery } from '@/__generated__/NightsRouteBatchesPageQuery.graphql';
import type { NightsRouteBatchesQuery } from '@/__generated__/NightsRouteBatchesQuery.graphql';
import type { NightsRouteRunsQuery } from '@/__generated__/NightsRouteRunsQuery.graphql';
import { BatchTable } from '@/features/nights/BatchTable';
import { NightRunCard } from '@/features/nights/NightRunCard';
import { StartNight } from '@/features/nights/StartNight';
import { EmptyState } from '@/shared/EmptyState';
import { formatCount } from '@/shared/format';
import { PageHead } from '@/shared/PageHead';
import { Reading } from '@/shared/Reading';
import { useCan } from '@/shared/session';
import '@/features/nights/nights.css';

const WHILE_RUNNING_MS = 2_000;
const OTHERWISE_MS = 30_000;

/** 夜间批处理: the nights with their steps, and the files that came in. */
export function NightsRoute() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const shows = search.get('show') === 'batches' ? 'batches' : 'nights';
  return (
    <div className="page">
      <PageHead
        title={t('menu.nights')}
        detail={
          <Segmented
            aria-label={t('nights.show')}
            value={shows}
            options={[
              { value: 'nights', label: t('nights.runs') },
              { value: 'batches', label: t('nights.batches') },
            ]}
            onChange={(value) => setSearch(value === 'batches' ? { show: 'batches' } : {})}
          />
        }
      />
      <Reading askKey={shows}>
        {(attempt) => (shows === 'nights' ? <Runs attempt={attempt} /> : <Batches attempt={attempt} />)}
      </Reading>
    </div>
  );
}

const RUNS = graphql`
  query NightsRouteRunsQuery {
    nightRuns(first: 5) {
      edges {
        node {
          id
          state
          ...NightRunCard_nightRun
        }
      }
    }
  }
`;

type AttemptProps = { attempt: number };

function Runs({ attempt }: AttemptProps) {
  const { t } = useTranslation();
  const environment = useRelayEnvironment();
  const canStart = useCan('NIGHTS_START');
  const { nightRuns } = useLazyLoadQuery<NightsRouteRunsQuery>(
    RUNS,
    {},
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  const runs = nightRuns.edges.map(({ node }) => node);
  const isRunning = runs.some(({ state }) => state === 'RUNNING');
  const askAgain = () => {
    // A failed look is no news; the next one comes by itself.
    fetchQuery<NightsRouteRunsQuery>(environment, RUNS, {}).subscribe({ error: () => undefined });
  };
  useEffect(() => {
    const timer = setInterval(askAgain, isRunning ? WHILE_RUNNING_MS : OTHERWISE_MS);
    return () => clearInterval(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isRunning, environment]);
  return (
    <>
      {canStart && (
        <div className="start-night">
          <StartNight isRunning={isRunning} onStarted={askAgain} />
          <span className="faint">{t('nights.startHint')}</span>
        </div>
      )}
      {runs.length === 0 ? (
        <EmptyState title={t('nights.none')} advice={t('nights.noneAdvice')} />
      ) : (
        runs.map((run) => <NightRunCard key={run.id} nightRun={run} />)
      )}
    </>
  );
}

function Batches({ attempt }: AttemptProps) {
  const { t } = useTranslation();
  const query = useLazyLoadQuery<NightsRouteBatchesQuery>(
    graphql`
      query NightsRouteBatchesQuery {
        ...NightsRoute_batches
      }
    `,
    {},
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    NightsRouteBatchesPageQuery,
    NightsRoute_batches$key
  >(
    graphql`
      fragment NightsRoute_batches on Query
      @refetchable(queryName: "NightsRouteBatchesPageQuery")
      @argumentDefinitions(first: { type: "Int", defaultValue: 50 }, after: { type: "String" }) {
        batches(first: $first, after: $after) @connection(key: "NightsRoute_batches") {
          totalCount {
            value
            isExact
          }
          edges {
            node {
              ...BatchTable_batches
            }
          }
        }
      }
    `,
    query,
  );
  return (
    <>
      <p className="count">{t('nights.batchCount', { value: formatCount(data.batches.totalCount.value) })}</p>
      <BatchTable batches={data.batches.edges.map(({ node }) => node)} />
      {hasNext && (
        <nav className="pager">
          <button type="button" className="small-button" disabled={isLoadingNext} onClick={() => loadNext(50)}>
            {t('nights.more')}
          </button>
        </nav>
      )}
    </>
  );
}

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchQuery, graphql, useLazyLoadQuery, useRelayEnvironment } from 'react-relay';
import { Link } from 'react-router';
import type { NightsRouteRunsQuery } from '@/__generated__/NightsRouteRunsQuery.graphql';
import { NightRunCard } from '@/features/nights/NightRunCard';
import { StartNight } from '@/features/nights/StartNight';
import { EmptyState } from '@/shared/EmptyState';
import { useCan } from '@/shared/session';
import '@/features/nights/nights.css';

const WHILE_RUNNING_MS = 2_000;
const OTHERWISE_MS = 30_000;

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
    heldBatches(first: 20) {
      edges {
        node {
          id
          state
        }
      }
    }
  }
`;

type Props = { attempt: number };

/** The last nights, looked at again by itself: often while one runs, now and then otherwise. */
export function NightsRouteRuns({ attempt }: Props) {
  const { t } = useTranslation();
  const environment = useRelayEnvironment();
  const canStart = useCan('NIGHTS_START');
  const { nightRuns, heldBatches } = useLazyLoadQuery<NightsRouteRunsQuery>(
    RUNS,
    {},
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  const runs = nightRuns.edges.map(({ node }) => node);
  const held = heldBatches.edges.filter(({ node }) => node.state === 'HELD').length;
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
      {held > 0 && (
        <p className="alert-line alert-waiting">
          {t('nights.heldCount', { count: held })} <Link to="?show=batches">{t('nights.lookAtHeld')}</Link>
        </p>
      )}
      {runs.length === 0 ? (
        <EmptyState title={t('nights.none')} advice={t('nights.noneAdvice')} />
      ) : (
        runs.map((run) => <NightRunCard key={run.id} nightRun={run} />)
      )}
    </>
  );
}

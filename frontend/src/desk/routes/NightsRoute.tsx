import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import { useSearchParams } from 'react-router';
import type { NightsRoute_batches$key } from '@/__generated__/NightsRoute_batches.graphql';
import type { NightsRouteBatchesPageQuery } from '@/__generated__/NightsRouteBatchesPageQuery.graphql';
import type { NightsRouteBatchesQuery } from '@/__generated__/NightsRouteBatchesQuery.graphql';
import { BatchTable } from '@/features/nights/BatchTable';
import { HeldBatch } from '@/features/nights/HeldBatch';
import { PageHead } from '@/shared/PageHead';
import { Listing } from '@/shared/patterns/Listing';
import { MoreButton } from '@/shared/patterns/MoreButton';
import { Reading } from '@/shared/Reading';
import { NightsRouteRuns } from './NightsRouteRuns';

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
        {(attempt) => (shows === 'nights' ? <NightsRouteRuns attempt={attempt} /> : <Batches attempt={attempt} />)}
      </Reading>
    </div>
  );
}

type BatchesProps = { attempt: number };

function Batches({ attempt }: BatchesProps) {
  const { t } = useTranslation();
  const [decided, setDecided] = useState(0);
  const query = useLazyLoadQuery<NightsRouteBatchesQuery>(
    graphql`
      query NightsRouteBatchesQuery {
        heldBatches(first: 20) {
          edges {
            node {
              id
              state
              ...HeldBatch_batch
            }
          }
        }
        ...NightsRoute_batches
      }
    `,
    {},
    { fetchKey: `${attempt} ${decided}`, fetchPolicy: 'store-and-network' },
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
  const held = query.heldBatches.edges.map(({ node }) => node);
  return (
    <>
      {held
        .filter(({ state }) => state === 'HELD' || state === 'READY')
        .map((batch) => (
          <HeldBatch key={batch.id} batch={batch} onDone={() => setDecided(decided + 1)} />
        ))}
      <Listing count={t('nights.batchCount', { count: data.batches.totalCount.value })}>
        <BatchTable batches={data.batches.edges.map(({ node }) => node)} />
        {hasNext && <MoreButton isLoading={isLoadingNext} onMore={() => loadNext(50)} />}
      </Listing>
    </>
  );
}

import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { useSearchParams } from 'react-router';
import type { SourcesRouteQuery } from '@/__generated__/SourcesRouteQuery.graphql';
import { FeedPanel } from '@/features/sources/FeedPanel';
import { FeedTable } from '@/features/sources/FeedTable';
import { PageHead } from '@/shared/PageHead';
import { Reading } from '@/shared/Reading';
import { useCan } from '@/shared/session';
import { SourcesRouteAdapter } from './SourcesRouteAdapter';
import { SourcesRouteProposals } from './SourcesRouteProposals';

/** 数据源: where each feed stands, on what basis it is held, and the descriptions of the bank's own files. */
export function SourcesRoute() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const [feed, source] = [search.get('feed'), search.get('source')];
  if (feed !== null && source !== null)
    return <SourcesRouteAdapter key={`${feed}/${source}`} feed={feed} source={source} />;
  return (
    <div className="page">
      <PageHead title={t('menu.sources')} />
      <Reading>{(attempt) => <Feeds attempt={attempt} />}</Reading>
    </div>
  );
}

function Feeds({ attempt }: { attempt: number }) {
  const { message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const [changes, setChanges] = useState(0);
  const seesProposals = useCan('PROPOSALS_VIEW');
  const { feedOverviews } = useLazyLoadQuery<SourcesRouteQuery>(
    graphql`
      query SourcesRouteQuery {
        feedOverviews {
          feed
          ...FeedTable_feeds
          ...FeedPanel_feed
        }
      }
    `,
    {},
    { fetchKey: `${attempt} ${changes}`, fetchPolicy: 'store-and-network' },
  );
  const chosen = feedOverviews.find(({ feed }) => feed === search.get('feed'));
  const askAgain = (sentence: string) => {
    void message.success(sentence);
    setChanges(changes + 1);
  };
  return (
    <>
      {seesProposals && <SourcesRouteProposals attempt={attempt} onDone={() => setChanges(changes + 1)} />}
      <FeedTable
        feeds={feedOverviews}
        chosen={chosen?.feed ?? null}
        onChoose={(feed) => setSearch({ feed }, { replace: true })}
      />
      {chosen && (
        <FeedPanel key={chosen.feed} feed={chosen} onClose={() => setSearch({}, { replace: true })} onDone={askAgain} />
      )}
    </>
  );
}

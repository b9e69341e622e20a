import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { Link, useNavigate } from 'react-router';
import type { SourcesRouteAdapterQuery } from '@/__generated__/SourcesRouteAdapterQuery.graphql';
import { AdapterEditor } from '@/features/sources/AdapterEditor';
import { RetireDialog } from '@/features/sources/RetireDialog';
import { VersionList } from '@/features/sources/VersionList';
import { PageHead } from '@/shared/PageHead';
import { useDraft } from '@/shared/patterns/useDraft';
import { Reading } from '@/shared/Reading';
import { Section } from '@/shared/Section';
import { useCan } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import { SourcesRouteVersions } from './SourcesRouteVersions';

type Props = { feed: string; source: string };

/** One source's description: written, tried and proposed by who may, and its versions for everybody who sees nights. */
export function SourcesRouteAdapter({ feed, source }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const canDescribe = useCan('FEEDS_DESCRIBE');
  const name = word('feed', feed);
  return (
    <div className="page">
      <PageHead
        title={source ? t('feeds.of', { feed: name, source }) : t('feeds.newOf', { feed: name })}
        detail={<Link to={`/sources?feed=${feed}`}>{t('feeds.back')}</Link>}
      />
      <Reading>
        {(attempt) =>
          canDescribe ? (
            <Describing attempt={attempt} feed={feed} source={source} />
          ) : (
            <SourcesRouteVersions attempt={attempt} feed={feed} source={source} />
          )
        }
      </Reading>
    </div>
  );
}

function Describing({ attempt, feed, source }: Props & { attempt: number }) {
  const { feedAdapters, adapterTemplate } = useLazyLoadQuery<SourcesRouteAdapterQuery>(
    graphql`
      query SourcesRouteAdapterQuery($feed: String!, $source: String!) {
        feedAdapters(feed: $feed, source: $source) {
          text
          ...VersionList_adapters
        }
        adapterTemplate(feed: $feed)
      }
    `,
    { feed, source },
    { fetchKey: attempt, fetchPolicy: 'network-only' },
  );
  return (
    <Writing
      feed={feed}
      source={source}
      inForce={feedAdapters[0]?.text ?? null}
      begin={feedAdapters.find(({ text }) => text != null)?.text ?? adapterTemplate ?? ''}
      adapters={feedAdapters}
    />
  );
}

type WritingProps = Props & {
  inForce: string | null;
  begin: string;
  adapters: SourcesRouteAdapterQuery['response']['feedAdapters'];
};

function Writing({ feed, source, inForce, begin, adapters }: WritingProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [isRetiring, setRetiring] = useState(false);
  const draft = useDraft<{ text: string }>({ name: `adapter.${feed}.${source}`, shape: 1, empty: { text: begin } });
  const done = () => {
    void message.success(t('feeds.proposed'));
    void navigate(`/sources?feed=${feed}`);
  };
  return (
    <>
      <AdapterEditor feed={feed} inForce={inForce} draft={draft} onProposed={done} />
      <Section
        title={t('feeds.versions')}
        aside={inForce !== null && <Button onClick={() => setRetiring(true)}>{t('feeds.retire')}</Button>}
      >
        <VersionList adapters={adapters} onTake={(text) => draft.change({ text })} />
      </Section>
      {isRetiring && <RetireDialog feed={feed} source={source} onClose={() => setRetiring(false)} onProposed={done} />}
    </>
  );
}

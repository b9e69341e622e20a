import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { SourcesRouteVersionsQuery } from '@/__generated__/SourcesRouteVersionsQuery.graphql';
import { VersionList } from '@/features/sources/VersionList';
import { Section } from '@/shared/Section';

type Props = { attempt: number; feed: string; source: string };

/** For whoever sees nights and describes no files: the versions alone. */
export function SourcesRouteVersions({ attempt, feed, source }: Props) {
  const { t } = useTranslation();
  const { feedAdapters } = useLazyLoadQuery<SourcesRouteVersionsQuery>(
    graphql`
      query SourcesRouteVersionsQuery($feed: String!, $source: String!) {
        feedAdapters(feed: $feed, source: $source) {
          ...VersionList_adapters
        }
      }
    `,
    { feed, source },
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  return (
    <Section title={t('feeds.versions')}>
      <VersionList adapters={feedAdapters} />
    </Section>
  );
}

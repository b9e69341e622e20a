import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { FeedImport_feed$key } from '@/__generated__/FeedImport_feed.graphql';
import { formatCount, formatInstant } from '@/shared/format';
import { Section } from '@/shared/Section';
import { useCan } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import { IMPORT_TAGS } from './sourceTags';
import './sources.css';

type Props = { feed: FeedImport_feed$key };

/** What the night made of a list of units or staff; where it waits, the way to who may carry it out. */
export function FeedImport({ feed }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const seesImports = useCan('IMPORTS_VIEW');
  const { feed: name, lastImport } = useFragment(
    graphql`
      fragment FeedImport_feed on FeedOverview {
        feed
        lastImport {
          state
          newRows
          changedRows
          endedRows
          refusedRows
          broughtAt
        }
      }
    `,
    feed,
  );
  if (!lastImport) return null;
  const { state, broughtAt, newRows, changedRows, endedRows, refusedRows } = lastImport;
  const counts = {
    newRows: formatCount(newRows),
    changedRows: formatCount(changedRows),
    endedRows: formatCount(endedRows),
    refusedRows: formatCount(refusedRows),
  };
  const way = `/opening?step=${name === 'org' ? 'ORGANISATION' : 'STAFF'}`;
  return (
    <Section title={t('feeds.ofNight')} aside={seesImports && <Link to={way}>{t('feeds.toImports')}</Link>}>
      <p className="source-file">
        <span className={IMPORT_TAGS[state] ?? 'tag'}>{word('feedImport', state)}</span>
        <span className="faint number">{formatInstant(broughtAt)}</span>
      </p>
      <p className="number">{t('feeds.ofNightCounts', counts)}</p>
    </Section>
  );
}

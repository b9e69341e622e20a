import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { FeedPanel_feed$data, FeedPanel_feed$key } from '@/__generated__/FeedPanel_feed.graphql';
import { formatCount, formatInstant } from '@/shared/format';
import { SidePanel } from '@/shared/patterns/SidePanel';
import { Section } from '@/shared/Section';
import { useCan } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import { FeedBases } from './FeedBases';
import { FeedImport } from './FeedImport';
import { FILE_TAGS } from './sourceTags';
import './sources.css';

type Data = FeedPanel_feed$data;
type Props = { feed: FeedPanel_feed$key; onClose: () => void; onDone: (sentence: string) => void };

/** One feed: its files with their sums and reasons, its sources, its legal basis. */
export function FeedPanel({ feed, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const canDescribe = useCan('FEEDS_DESCRIBE');
  const data = useFragment(
    graphql`
      fragment FeedPanel_feed on FeedOverview {
        feed
        isOutside
        dueAt
        files {
          source
          fileName
          dataDate
          state
          rows
          loaded
          refused
          quarantined
          reasons
          takenAt
        }
        adapters {
          id
          source
          fromOn
          text
          addedBy
        }
        ...FeedImport_feed
        ...FeedBases_feed
      }
    `,
    feed,
  );
  return (
    <SidePanel isWide label={word('feed', data.feed)} head={<h2>{word('feed', data.feed)}</h2>} onClose={onClose}>
      <div className="source-parts">
        <Section title={t('feeds.lastFiles')}>
          {data.dueAt && <p className="faint">{t('feeds.clock', { at: formatInstant(data.dueAt) })}</p>}
          {data.files.length === 0 && <p className="faint">{t('feeds.noFilesAdvice')}</p>}
          {data.files.map((file) => (
            <File key={file.source} file={file} />
          ))}
        </Section>
        <FeedImport feed={data} />
        <Section
          title={t('feeds.adapters')}
          aside={canDescribe && <Link to={`?feed=${data.feed}&source=`}>{t('feeds.describe')}</Link>}
        >
          {data.adapters.length === 0 && <p className="faint">{t('feeds.canonicalAdvice')}</p>}
          <ul className="source-list">
            {data.adapters.map(({ id, source, fromOn, text, addedBy }) => (
              <li key={id}>
                <Link to={`?feed=${data.feed}&source=${encodeURIComponent(source)}`}>{source}</Link>
                <span className="faint">
                  {t(text == null ? 'feeds.endsOn' : 'feeds.fromOn', { day: fromOn })} · {addedBy}
                </span>
              </li>
            ))}
          </ul>
        </Section>
        {data.isOutside && <FeedBases feed={data} onDone={onDone} />}
      </div>
    </SidePanel>
  );
}

function File({ file }: { file: Data['files'][number] }) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { source, fileName, dataDate, state, rows, loaded, refused, quarantined, reasons, takenAt } = file;
  return (
    <article className="source-of">
      <p className="source-file">
        <strong>{source || t('feeds.canonical')}</strong>
        <span className={FILE_TAGS[state] ?? 'tag'}>{word('sourceFile', state)}</span>
        <span className="faint number">{formatInstant(takenAt)}</span>
      </p>
      <p className="source-name">
        {fileName} <span className="faint">{t('data.of', { day: dataDate })}</span>
      </p>
      <p className="number">
        {t('feeds.sums', {
          rows: formatCount(rows),
          loaded: formatCount(loaded),
          quarantined: formatCount(quarantined),
          refused: formatCount(refused),
        })}
      </p>
      {reasons.map((reason) => (
        <p key={reason} className="faint">
          {reason}
        </p>
      ))}
    </article>
  );
}

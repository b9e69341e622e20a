import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format';
import { useCodeWord } from '@/shared/words';
import type { FeedRow } from './FeedTable';
import { FILE_TAGS } from './sourceTags';
import './sources.css';

/** The newest file of each source of a feed. */
export function FeedFilesCell({ files }: { files: FeedRow['files'] }) {
  const { t } = useTranslation();
  const word = useCodeWord();
  if (files.length === 0) return <span className="faint">{t('feeds.noFiles')}</span>;
  return files.map(({ source, state, rows, quarantined, dataDate }) => (
    <p key={source} className="source-file">
      {source && <span>{source}</span>}
      <span className={FILE_TAGS[state] ?? 'tag'}>{word('sourceFile', state)}</span>
      <span className="number faint">{dataDate}</span>
      <span className="number">{t('feeds.rows', { count: rows })}</span>
      {quarantined > 0 && <span className="number bad">{t('feeds.aside', { rows: formatCount(quarantined) })}</span>}
    </p>
  ));
}

/** On what a feed is held today; of an own system nothing is asked. */
export function FeedBasisCell({ row: { isOutside, isHeld, bases } }: { row: FeedRow }) {
  const { t } = useTranslation();
  const word = useCodeWord();
  if (!isOutside) return <span className="faint">{t('feeds.ownSystem')}</span>;
  const held = bases.find((one) => one.isHeld);
  if (!isHeld || !held) return <span className="tag tag-overdue">{t('feeds.noBasis')}</span>;
  if (held.basis === 'NOT_NOTED') return <span className="tag tag-waiting">{word('sourceBasis', held.basis)}</span>;
  return (
    <>
      {word('sourceBasis', held.basis)}{' '}
      <span className="faint number">{t('feeds.until', { day: held.untilOn ?? '–' })}</span>
    </>
  );
}

import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { FeedTable_feeds$data, FeedTable_feeds$key } from '@/__generated__/FeedTable_feeds.graphql';
import { formatInstant } from '@/shared/format';
import { useCodeWord } from '@/shared/words';
import { FeedBasisCell, FeedFilesCell } from './FeedCells';
import { ARRIVAL_TAGS } from './sourceTags';
import './sources.css';

export type FeedRow = FeedTable_feeds$data[number];
type Props = { feeds: FeedTable_feeds$key; chosen: string | null; onChoose: (feed: string) => void };

/** Every feed on one line: how new it is, what its last files brought, who describes them, on what basis it is held. */
export function FeedTable({ feeds, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const rows = useFragment(
    graphql`
      fragment FeedTable_feeds on FeedOverview @relay(plural: true) {
        feed
        isOptional
        isOutside
        isHeld
        state
        dataDate
        dueAt
        files {
          source
          state
          dataDate
          rows
          quarantined
        }
        adapters {
          source
          text
        }
        bases {
          basis
          untilOn
          isHeld
        }
      }
    `,
    feeds,
  );
  const columns: TableColumnsType<FeedRow> = [
    {
      key: 'feed',
      title: t('feeds.feed'),
      width: 168,
      render: (_, { feed, isOptional }) => (
        <>
          <button type="button" className="link" onClick={() => onChoose(feed)}>
            {word('feed', feed)}
          </button>{' '}
          {isOptional && <span className="faint">{t('feeds.optional')}</span>}
        </>
      ),
    },
    {
      key: 'state',
      title: t('feeds.state'),
      width: 208,
      render: (_, { state, dueAt }) => (
        <>
          <span className={ARRIVAL_TAGS[state] ?? 'tag'}>{word('sourceState', state)}</span>{' '}
          {(state === 'LATE' || state === 'EXPECTED') && dueAt && (
            <span className="faint">{t('feeds.dueAt', { at: formatInstant(dueAt).slice(5) })}</span>
          )}
        </>
      ),
    },
    {
      key: 'newest',
      title: t('data.date'),
      width: 112,
      className: 'number',
      render: (_, { dataDate }) => dataDate ?? <span className="faint">–</span>,
    },
    { key: 'files', title: t('feeds.lastFiles'), render: (_, { files }) => <FeedFilesCell files={files} /> },
    {
      key: 'adapters',
      title: t('feeds.adapters'),
      width: 168,
      render: (_, { adapters }) =>
        adapters.length === 0 ? (
          <span className="faint">{t('feeds.canonical')}</span>
        ) : (
          adapters
            .map(({ source, text }) => (text == null ? t('feeds.retired', { source }) : source))
            .join(t('unit.listSeparator'))
        ),
    },
    { key: 'basis', title: t('feeds.basis'), width: 224, render: (_, row) => <FeedBasisCell row={row} /> },
  ];
  return (
    <Table<FeedRow>
      size="small"
      rowKey="feed"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      scroll={{ x: 1080 }}
      rowClassName={({ feed }) => (feed === chosen ? 'row-open' : '')}
    />
  );
}

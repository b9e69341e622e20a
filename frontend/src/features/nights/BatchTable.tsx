import { Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { BatchTable_batches$data, BatchTable_batches$key } from '@/__generated__/BatchTable_batches.graphql';
import type { useStatement_said$key } from '@/__generated__/useStatement_said.graphql';
import { EmptyState } from '@/shared/EmptyState';
import { formatCount } from '@/shared/format';
import { useStatement } from '@/shared/statements/useStatement';
import { useCodeWord } from '@/shared/words';
import './nights.css';

type Row = BatchTable_batches$data[number];
type Props = { batches: BatchTable_batches$key };

const TAGS: Record<string, string> = { LOADED: 'tag tag-done', REFUSED: 'tag tag-overdue', WAITING: 'tag tag-waiting' };

/** The files of the nights with their sums: loaded + refused + quarantined = rows, always. */
export function BatchTable({ batches }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const rows = useFragment(
    graphql`
      fragment BatchTable_batches on Batch @relay(plural: true) {
        id
        feed
        dataDate
        state
        rows
        loaded
        refused
        quarantined
        reasons {
          ...useStatement_said
        }
      }
    `,
    batches,
  );
  const count = (value: number, isBad = false) => (
    <span className={value === 0 ? 'number faint' : isBad ? 'number bad' : 'number'}>{formatCount(value)}</span>
  );
  const columns: TableColumnsType<Row> = [
    { key: 'dataDate', title: t('data.date'), width: 120, className: 'number', dataIndex: 'dataDate' },
    { key: 'feed', title: t('nights.feed'), width: 140, render: (_, { feed }) => word('feed', feed) },
    {
      key: 'state',
      title: t('nights.state'),
      width: 96,
      render: (_, { state }) => <span className={TAGS[state] ?? 'tag'}>{word('batchState', state)}</span>,
    },
    { key: 'rows', title: t('nights.fileRows'), width: 112, align: 'right', render: (_, row) => count(row.rows) },
    { key: 'loaded', title: t('nights.loaded'), width: 112, align: 'right', render: (_, row) => count(row.loaded) },
    {
      key: 'quarantined',
      title: t('nights.quarantined'),
      width: 96,
      align: 'right',
      render: (_, row) => count(row.quarantined, true),
    },
    {
      key: 'refused',
      title: t('nights.refused'),
      width: 96,
      align: 'right',
      render: (_, row) => count(row.refused, true),
    },
    {
      key: 'balanced',
      title: t('nights.sum'),
      width: 88,
      render: (_, row) =>
        row.loaded + row.quarantined + row.refused === row.rows ? (
          <span className="good">✓ {t('nights.balanced')}</span>
        ) : (
          <span className="bad">✕ {t('nights.unbalanced')}</span>
        ),
    },
    {
      key: 'reasons',
      title: t('nights.reasons'),
      width: 320,
      className: 'batch-reasons',
      render: (_, { reasons }) =>
        reasons.length === 0 ? <span className="faint">–</span> : <Reasons reasons={reasons} />,
    },
  ];
  return (
    <Table<Row>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      scroll={{ x: 1180 }}
      locale={{ emptyText: <EmptyState title={t('nights.noBatches')} advice={t('nights.noBatchesAdvice')} /> }}
    />
  );
}

const SHOWN_AT_FIRST = 3;

/** The commonest reasons stand first; the rest wait behind a button, so that one bad file does not fill the page. */
function Reasons({ reasons }: { reasons: readonly useStatement_said$key[] }) {
  const say = useStatement();
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const hidden = reasons.length - SHOWN_AT_FIRST;
  const shown = (isOpen || hidden <= 0 ? reasons : reasons.slice(0, SHOWN_AT_FIRST)).map(say);
  return (
    <>
      {shown.map((reason) => (
        <p key={reason} className="reason">
          {reason}
        </p>
      ))}
      {hidden > 0 && (
        <button type="button" className="link" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t('nights.fewerReasons') : t('nights.moreReasons', { count: hidden })}
        </button>
      )}
    </>
  );
}

import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { BatchTable_batches$data, BatchTable_batches$key } from '@/__generated__/BatchTable_batches.graphql';
import { EmptyState } from '@/shared/EmptyState';
import { formatCount } from '@/shared/format';
import { useCodeWord } from '@/shared/words';
import { BatchReasons } from './BatchReasons';
import { BATCH_TAGS } from './batchTags';
import './nights.css';

type Row = BatchTable_batches$data[number];
type Props = { batches: BatchTable_batches$key };

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
        decidedBy {
          name
        }
        decisionReason
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
      render: (_, { state }) => <span className={BATCH_TAGS[state] ?? 'tag'}>{word('batchState', state)}</span>,
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
      render: (_, row) => count(row.refused, row.state === 'REFUSED'),
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
      render: (_, { reasons, decidedBy, decisionReason }) => (
        <>
          {reasons.length === 0 ? <span className="faint">–</span> : <BatchReasons reasons={reasons} />}
          {decidedBy && (
            <p className="reason">{t('nights.decided', { name: decidedBy.name, reason: decisionReason ?? '' })}</p>
          )}
        </>
      ),
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

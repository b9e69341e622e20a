import { Button, Input, Modal, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerSources_customer$key } from '@/__generated__/CustomerSources_customer.graphql';
import { useCan } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import { type RecordKey, useCutLink } from './useCutLink';

type Props = { customer: CustomerSources_customer$key };

/** Which records of which systems this customer was put together from; two of them can be taken apart again. */
export function CustomerSources({ customer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { sources } = useFragment(
    graphql`
      fragment CustomerSources_customer on Customer {
        sources {
          feed
          key
          dataDate
          evidence
        }
      }
    `,
    customer,
  );
  const canCut = useCan('customers.cut_link') && sources.length > 1;
  const [chosen, setChosen] = useState<number[]>([]);
  const [isAsking, setAsking] = useState(false);
  const pair = chosen.map((at) => sources[at]).filter((source) => source !== undefined);
  return (
    <>
      <Table
        size="small"
        pagination={false}
        rowKey={(row) => sources.indexOf(row)}
        dataSource={[...sources]}
        {...(canCut && {
          rowSelection: {
            hideSelectAll: true,
            selectedRowKeys: chosen,
            onChange: (keys) => setChosen(keys.slice(-2).map(Number)),
          },
        })}
        columns={[
          { key: 'feed', title: t('sources.feed'), render: (_, { feed }) => word('feed', feed) },
          { key: 'key', title: t('sources.key'), className: 'number', dataIndex: 'key' },
          { key: 'evidence', title: t('sources.evidence'), dataIndex: 'evidence' },
          { key: 'dataDate', title: t('sources.dataDate'), align: 'right', className: 'number', dataIndex: 'dataDate' },
        ]}
      />
      {canCut && (
        <p className="after-table">
          <Button size="small" disabled={pair.length !== 2} onClick={() => setAsking(true)}>
            {t('sources.cut')}
          </Button>
          <span className="faint">{t('sources.cutHint')}</span>
        </p>
      )}
      {isAsking && pair[0] && pair[1] && (
        <CutDialog
          pair={[pair[0], pair[1]]}
          onClose={() => {
            setAsking(false);
            setChosen([]);
          }}
        />
      )}
    </>
  );
}

type DialogProps = { pair: [RecordKey, RecordKey]; onClose: () => void };

function CutDialog({ pair, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const { cut, isWaiting, sentence } = useCutLink(onClose);
  return (
    <Modal
      open
      title={t('sources.cutTitle')}
      okText={t('sources.cutDo')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: isWaiting }}
      onOk={() => cut(pair, reason.trim())}
      onCancel={onClose}
    >
      <p>{t('sources.cutWhat')}</p>
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={200}
        showCount
        value={reason}
        aria-label={t('sources.cutReason')}
        placeholder={t('sources.cutReason')}
        onChange={(event) => setReason(event.target.value)}
      />
      {sentence && (
        <p role="alert" className="alert-line">
          {sentence}
        </p>
      )}
    </Modal>
  );
}

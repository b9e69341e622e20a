import { Button, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { CustomerSources_customer$key } from '@/__generated__/CustomerSources_customer.graphql';
import { useCan } from '@/shared/session';
import { useStatement } from '@/shared/statements/useStatement';
import { useCodeWord } from '@/shared/words';
import { CutDialog } from './CutDialog';
import type { Part } from './useCutLink';

type Props = { customer: CustomerSources_customer$key };

/** Which records of which systems this customer was put together from; two of them can be taken apart again. */
export function CustomerSources({ customer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const say = useStatement();
  const { id, sources } = useFragment(
    graphql`
      fragment CustomerSources_customer on Customer {
        id
        sources {
          feed
          key
          dataDate
          evidence {
            ...useStatement_said
          }
        }
      }
    `,
    customer,
  );
  const canCut = useCan('CUSTOMERS_CUT_LINK') && sources.length > 1;
  const [chosen, setChosen] = useState<number[]>([]);
  const [isAsking, setAsking] = useState(false);
  const [parts, setParts] = useState<readonly Part[]>([]);
  const others = parts.filter((part) => part.id !== id);
  const close = () => {
    setAsking(false);
    setChosen([]);
  };
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
          { key: 'feed', title: t('sources.feed'), className: 'one-line', render: (_, { feed }) => word('feed', feed) },
          { key: 'key', title: t('sources.key'), className: 'number', dataIndex: 'key' },
          {
            key: 'evidence',
            title: t('sources.evidence'),
            render: (_, { evidence }) => evidence.map(say).join(t('unit.statementSeparator')),
          },
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
      {others.length > 0 && (
        <p role="status" className="after-table">
          {t('sources.cutDone')}
          {others.map((part) => (
            <Link key={part.id} to={`/customers/${encodeURIComponent(part.id)}`}>
              {part.name ?? t('sources.cutOther')}
            </Link>
          ))}
        </p>
      )}
      {isAsking && pair[0] && pair[1] && (
        <CutDialog
          pair={[pair[0], pair[1]]}
          onClose={close}
          onCut={(made) => {
            setParts(made);
            close();
          }}
        />
      )}
    </>
  );
}

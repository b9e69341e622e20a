import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { ListTable_lists$data, ListTable_lists$key } from '@/__generated__/ListTable_lists.graphql';
import { EmptyState } from '@/shared/EmptyState';
import { useCodeWord } from '@/shared/words';
import { CoverDialog } from './CoverDialog';
import { ListDialog } from './ListDialog';
import './ownership.css';

type Row = ListTable_lists$data[number];
type Props = { lists: ListTable_lists$key; onKept: () => void };

/** 名单网格 of one's units, with who works each and how many belong to it; those of single people last. */
export function ListTable({ lists, onKept }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const [chosen, setChosen] = useState<Row | 'new' | null>(null);
  const rows = useFragment(
    graphql`
      fragment ListTable_lists on ListGrid @relay(plural: true) {
        code
        name
        kind
        outletCode
        outlet
        position
        to
        gridId
        a {
          number
          name
        }
        b {
          number
          name
        }
        named
        customers
      }
    `,
    lists,
  );
  const person = (one: Row['a']) =>
    one ? `${one.name} ${one.number}` : <span className="faint">{t('ownership.nobody')}</span>;
  const columns: TableColumnsType<Row> = [
    { key: 'code', title: t('ownership.listCode'), className: 'number', dataIndex: 'code' },
    { key: 'name', title: t('ownership.name'), dataIndex: 'name' },
    { key: 'kind', title: t('ownership.listKind'), render: (_, { kind }) => word('listGridKind', kind) },
    { key: 'outlet', title: t('ownership.outlet'), dataIndex: 'outlet' },
    { key: 'a', title: t('ownership.a'), render: (_, { a }) => person(a) },
    { key: 'b', title: t('ownership.b'), render: (_, { b }) => person(b) },
    { key: 'position', title: t('ownership.position'), className: 'number', dataIndex: 'position' },
    {
      key: 'named',
      title: t('ownership.named'),
      className: 'number',
      render: (_, { kind, named }) => (kind === 'PERSON' ? '–' : named.toLocaleString()),
    },
    {
      key: 'customers',
      title: t('ownership.customers'),
      className: 'number',
      render: (_, { customers, gridId }) =>
        gridId && customers > 0 ? (
          <Link to={`/customers?grid=${encodeURIComponent(gridId)}`}>{customers.toLocaleString()}</Link>
        ) : (
          customers.toLocaleString()
        ),
    },
    {
      key: 'act',
      width: 96,
      render: (_, row) => (
        <Button size="small" onClick={() => setChosen(row)}>
          {t(row.kind === 'PERSON' ? 'ownership.b' : 'ownership.change')}
        </Button>
      ),
    },
  ];
  const close = () => setChosen(null);
  const kept = () => {
    close();
    onKept();
  };
  return (
    <>
      <Button onClick={() => setChosen('new')}>{t('ownership.newList')}</Button>
      <Table<Row>
        size="small"
        rowKey="code"
        columns={columns}
        dataSource={[...rows]}
        pagination={false}
        scroll={{ x: 1000 }}
        locale={{ emptyText: <EmptyState title={t('ownership.noLists')} advice={t('ownership.noListsAdvice')} /> }}
      />
      {chosen !== null && chosen !== 'new' && chosen.kind === 'PERSON' && (
        <CoverDialog list={chosen} onClose={close} onKept={kept} />
      )}
      {chosen !== null && (chosen === 'new' || chosen.kind !== 'PERSON') && (
        <ListDialog list={chosen === 'new' ? null : chosen} onClose={close} onKept={kept} />
      )}
    </>
  );
}

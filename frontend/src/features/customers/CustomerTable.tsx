import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type {
  CustomerTable_customers$data,
  CustomerTable_customers$key,
} from '@/__generated__/CustomerTable_customers.graphql';
import { EmptyState } from '@/shared/EmptyState';
import { Money } from '@/shared/Money';
import { useCodeWord } from '@/shared/words';
import type { SortField } from './filter';
import { ScoreMark } from './ScoreMark';
import { TierTag } from './TierTag';

type Row = CustomerTable_customers$data[number];
type Props = {
  customers: CustomerTable_customers$key;
  sort: SortField | null;
  isDescending: boolean;
  onSort: (field: SortField | null, isDescending: boolean) => void;
  openId: string | null;
  onOpen: (id: string) => void;
};

export function CustomerTable({ customers, sort, isDescending, onSort, openId, onOpen }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const rows = useFragment(
    graphql`
      fragment CustomerTable_customers on Customer @relay(plural: true) {
        id
        name
        kind
        tier
        phone
        grid {
          id
          name
        }
        owner {
          id
          name
        }
        depositFen
        loanFen
        attritionScore
        attritionBand
        lastVisitOn
        dueOn
      }
    `,
    customers,
  );
  const sortable = (field: SortField) => ({
    key: field,
    sorter: true,
    sortOrder: sort === field ? (isDescending ? ('descend' as const) : ('ascend' as const)) : null,
  });
  const columns: TableColumnsType<Row> = [
    {
      ...sortable('NAME'),
      title: t('customers.name'),
      width: 152,
      ellipsis: true,
      render: (_, { id, name }) => (
        <button type="button" className="link strong cut" title={name} onClick={() => onOpen(id)}>
          {name}
        </button>
      ),
    },
    {
      key: 'kind',
      title: t('customers.kind'),
      width: 136,
      render: (_, { kind, tier }) => (
        <>
          {word('kind', kind)} <TierTag tier={tier} />
        </>
      ),
    },
    {
      key: 'phone',
      title: t('customers.phone'),
      width: 120,
      render: (_, { phone }) => <span className="number">{phone ?? '–'}</span>,
    },
    {
      key: 'grid',
      title: t('customers.grid'),
      width: 160,
      ellipsis: true,
      render: (_, { grid }) => grid?.name ?? <span className="faint">{t('customers.noGrid')}</span>,
    },
    {
      key: 'owner',
      title: t('customers.owner'),
      width: 80,
      ellipsis: true,
      render: (_, { owner }) => owner?.name ?? <span className="faint">{t('customers.noOwner')}</span>,
    },
    {
      ...sortable('DEPOSIT'),
      title: t('customers.depositWan'),
      width: 128,
      align: 'right',
      render: (_, { depositFen }) => <Money fen={depositFen} />,
    },
    {
      ...sortable('LOAN'),
      title: t('customers.loanWan'),
      width: 128,
      align: 'right',
      render: (_, { loanFen }) => <Money fen={loanFen} />,
    },
    {
      ...sortable('ATTRITION_SCORE'),
      title: t('customers.score'),
      width: 136,
      align: 'right',
      render: (_, { attritionScore, attritionBand }) => <ScoreMark score={attritionScore} band={attritionBand} />,
    },
    {
      ...sortable('LAST_VISIT'),
      title: t('customers.lastVisit'),
      width: 112,
      align: 'right',
      render: (_, { lastVisitOn }) => (
        <span className="number">{lastVisitOn ?? <span className="faint">{t('customers.neverVisited')}</span>}</span>
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
      showSorterTooltip={false}
      scroll={{ x: 1120 }}
      sticky
      rowClassName={({ id }) => (id === openId ? 'row-open' : '')}
      onRow={({ id }) => ({ onDoubleClick: () => onOpen(id) })}
      onChange={(_pagination, _filters, sorter) => {
        const chosen = Array.isArray(sorter) ? sorter[0] : sorter;
        if (!chosen?.order) onSort(null, false);
        else onSort(chosen.columnKey as SortField, chosen.order === 'descend');
      }}
      locale={{ emptyText: <EmptyState title={t('customers.none')} advice={t('customers.noneAdvice')} /> }}
    />
  );
}

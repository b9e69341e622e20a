import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerTable_customers$key } from '@/__generated__/CustomerTable_customers.graphql';
import { EmptyState } from '@/shared/EmptyState';
import type { SortField } from './filter';
import { type CustomerRow, useCustomerColumns } from './useCustomerColumns';

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
  const rows = useFragment(
    graphql`
      fragment CustomerTable_customers on Customer @relay(plural: true) {
        id
        name
        kind
        tier
        industry
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
  const columns = useCustomerColumns({ sort, isDescending, onOpen });
  return (
    <Table<CustomerRow>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      showSorterTooltip={false}
      scroll={{ x: 1168 }}
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

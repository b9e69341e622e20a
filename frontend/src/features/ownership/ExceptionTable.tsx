import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type {
  ExceptionTable_exceptions$data,
  ExceptionTable_exceptions$key,
} from '@/__generated__/ExceptionTable_exceptions.graphql';
import { EmptyState } from '@/shared/EmptyState';
import { ConfirmButton } from '@/shared/patterns/ConfirmButton';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useEndException } from './useGiving';
import './ownership.css';

type Row = ExceptionTable_exceptions$data[number];
type Props = { exceptions: ExceptionTable_exceptions$key; onEnded: () => void };

/** 管护例外 that hold, the next to end first. */
export function ExceptionTable({ exceptions, onEnded }: Props) {
  const { t } = useTranslation();
  const { end, sentence } = useEndException(onEnded);
  const rows = useFragment(
    graphql`
      fragment ExceptionTable_exceptions on OwnerException @relay(plural: true) {
        id
        customer {
          id
          name
        }
        staff {
          name
          number
        }
        reason
        from
        to
        madeBy
      }
    `,
    exceptions,
  );
  const columns: TableColumnsType<Row> = [
    {
      key: 'customer',
      title: t('ownership.customer'),
      render: (_, { customer }) =>
        customer && <Link to={`/customers/${encodeURIComponent(customer.id)}`}>{customer.name}</Link>,
    },
    { key: 'staff', title: t('ownership.staff'), render: (_, { staff }) => staff && `${staff.name} ${staff.number}` },
    { key: 'reason', title: t('ownership.reason'), dataIndex: 'reason' },
    { key: 'until', title: t('ownership.until'), className: 'number', dataIndex: 'to' },
    { key: 'by', title: t('ownership.madeBy'), render: (_, { madeBy, from }) => `${madeBy} ${from}` },
    {
      key: 'act',
      width: 240,
      render: (_, { id }) => (
        <ConfirmButton
          word={t('ownership.endException')}
          question={t('ownership.endExceptionAsk')}
          onConfirm={() => end(id)}
        />
      ),
    },
  ];
  return (
    <>
      {sentence && <FormAlert>{sentence}</FormAlert>}
      <Table<Row>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={[...rows]}
        pagination={false}
        scroll={{ x: 900 }}
        locale={{
          emptyText: <EmptyState title={t('ownership.noExceptions')} advice={t('ownership.noExceptionsAdvice')} />,
        }}
      />
    </>
  );
}

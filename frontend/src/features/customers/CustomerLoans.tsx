import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerLoans_customer$key } from '@/__generated__/CustomerLoans_customer.graphql';
import { formatRate } from '@/shared/format';
import { Money } from '@/shared/Money';
import { Section } from '@/shared/Section';
import { LoansApart } from './LoansApart';
import { LoanTerms } from './LoanTerms';

type Props = { customer: CustomerLoans_customer$key };

export function CustomerLoans({ customer }: Props) {
  const { t } = useTranslation();
  const data = useFragment(
    graphql`
      fragment CustomerLoans_customer on Customer {
        ...LoansApart_customer
        loans {
          number
          product
          balanceFen
          rateBps
          startOn
          endOn
          overdueDays
          ...LoanTerms_loan
        }
      }
    `,
    customer,
  );
  const { loans } = data;
  return (
    <Section title={t('holdings.loans', { rows: loans.length })}>
      {loans.length === 0 ? (
        <p className="faint">{t('holdings.noLoans')}</p>
      ) : (
        <Table
          size="small"
          pagination={false}
          rowKey="number"
          dataSource={[...loans]}
          columns={[
            { key: 'number', title: t('holdings.number'), className: 'number', dataIndex: 'number' },
            {
              key: 'product',
              title: t('holdings.product'),
              render: (_, row) => (
                <>
                  {row.product}
                  <LoanTerms loan={row} />
                </>
              ),
            },
            {
              key: 'balance',
              title: t('holdings.balanceWan'),
              align: 'right',
              render: (_, row) => <Money fen={row.balanceFen} />,
            },
            {
              key: 'rate',
              title: t('holdings.ratePercent'),
              align: 'right',
              render: (_, row) => <span className="number">{formatRate(row.rateBps)}</span>,
            },
            { key: 'end', title: t('holdings.endOn'), align: 'right', className: 'number', dataIndex: 'endOn' },
            {
              key: 'overdue',
              title: t('holdings.overdueDays'),
              align: 'right',
              render: (_, { overdueDays }) =>
                overdueDays > 0 ? (
                  <span className="tag tag-overdue">{t('holdings.overdue', { count: overdueDays })}</span>
                ) : (
                  <span className="faint">–</span>
                ),
            },
          ]}
        />
      )}
      <LoansApart customer={data} />
    </Section>
  );
}

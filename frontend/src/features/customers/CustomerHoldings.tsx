import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerHoldings_customer$key } from '@/__generated__/CustomerHoldings_customer.graphql';
import { knownDay } from '@/shared/format';
import { Money } from '@/shared/Money';
import { Section } from '@/shared/Section';
import { ForeignDeposits } from './ForeignDeposits';
import { CustomerLoans } from './CustomerLoans';

type Props = { customer: CustomerHoldings_customer$key };

export function CustomerHoldings({ customer }: Props) {
  const { t } = useTranslation();
  const data = useFragment(
    graphql`
      fragment CustomerHoldings_customer on Customer {
        ...ForeignDeposits_customer
        ...CustomerLoans_customer
        deposits {
          product
          balanceFen
          average3mFen
          openedOn
        }
      }
    `,
    customer,
  );
  const { deposits } = data;
  return (
    <>
      <Section title={t('holdings.deposits', { rows: deposits.length })}>
        {deposits.length === 0 ? (
          <p className="faint">{t('holdings.noDeposits')}</p>
        ) : (
          <Table
            size="small"
            pagination={deposits.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
            rowKey={(row) => deposits.indexOf(row)}
            dataSource={[...deposits]}
            columns={[
              { key: 'product', title: t('holdings.product'), dataIndex: 'product' },
              {
                key: 'balance',
                title: t('holdings.balanceWan'),
                align: 'right',
                render: (_, row) => <Money fen={row.balanceFen} />,
              },
              {
                key: 'average',
                title: t('holdings.averageWan'),
                align: 'right',
                render: (_, row) => <Money fen={row.average3mFen} />,
              },
              {
                key: 'opened',
                title: t('holdings.openedOn'),
                align: 'right',
                className: 'number',
                render: (_, row) => knownDay(row.openedOn) ?? <span className="faint">–</span>,
              },
            ]}
          />
        )}
        <ForeignDeposits customer={data} />
      </Section>
      <CustomerLoans customer={data} />
    </>
  );
}

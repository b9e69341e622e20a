import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type {
  AccountTable_accounts$data,
  AccountTable_accounts$key,
} from '@/__generated__/AccountTable_accounts.graphql';
import { EmptyState } from '@/shared/EmptyState';
import { formatInstant } from '@/shared/format';
import { useCan } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import { FullTimeCell } from './FullTimeCell';
import { HandOutDialog } from './HandOutDialog';
import { LeaveCell } from './LeaveCell';
import { WayIn } from './WayIn';
import './accounts.css';

type Row = AccountTable_accounts$data[number];
type Props = { accounts: AccountTable_accounts$key; onHandedOut: () => void };

/** The people of one's units, where their way in stands, their leave, and a code for whoever needs one. */
export function AccountTable({ accounts, onHandedOut }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const mayHandOut = useCan('ACCOUNTS_HAND_OUT');
  const [chosen, setChosen] = useState<Row['staff'] | null>(null);
  const mayNote = useCan('GRIDS_GIVE_CUSTOMERS');
  const rows = useFragment(
    graphql`
      fragment AccountTable_accounts on StaffAccount @relay(plural: true) {
        account
        state
        codeUntil
        lockedUntil
        signedInAt
        hindrance
        staff {
          id
          name
          number
          role
          orgUnit {
            name
          }
          fullTimePercent
          leave {
            from
            to
          }
        }
      }
    `,
    accounts,
  );
  const closeAndAskAgain = () => {
    setChosen(null);
    onHandedOut();
  };
  const columns: TableColumnsType<Row> = [
    { key: 'name', title: t('accounts.staff'), render: (_, { staff }) => <span className="strong">{staff.name}</span> },
    { key: 'number', title: t('accounts.number'), className: 'number', render: (_, { staff }) => staff.number },
    { key: 'role', title: t('accounts.role'), render: (_, { staff }) => word('role', staff.role) },
    { key: 'unit', title: t('accounts.unit'), render: (_, { staff }) => staff.orgUnit.name },
    { key: 'account', title: t('accounts.account'), className: 'number', dataIndex: 'account' },
    {
      key: 'state',
      title: t('accounts.state'),
      width: 168,
      render: (_, row) => <WayIn row={row} />,
    },
    {
      key: 'signedIn',
      title: t('accounts.signedIn'),
      className: 'number',
      render: (_, { signedInAt }) => (signedInAt ? formatInstant(signedInAt) : <span className="faint">–</span>),
    },
    {
      key: 'fullTime',
      title: t('accounts.fullTime'),
      render: (_, { staff }) => <FullTimeCell staff={staff} mayEnter={mayNote} onDone={onHandedOut} />,
    },
    {
      key: 'leave',
      title: t('accounts.leave'),
      width: 200,
      render: (_, { staff }) => <LeaveCell staff={staff} mayEnter={mayNote} onDone={onHandedOut} />,
    },
    {
      key: 'act',
      width: 136,
      render: (_, { staff, state, hindrance }) =>
        hindrance || !mayHandOut ? (
          <span className="faint">{hindrance ? word('hindrance', hindrance) : ''}</span>
        ) : (
          <Button size="small" onClick={() => setChosen(staff)}>
            {t(state === 'NONE' || state === 'CODE_OVER' ? 'accounts.handOut' : 'accounts.handOutAgain')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <Table<Row>
        size="small"
        rowKey={({ staff }) => staff.id}
        columns={columns}
        dataSource={[...rows]}
        pagination={false}
        scroll={{ x: 1180 }}
        locale={{ emptyText: <EmptyState title={t('accounts.none')} advice={t('accounts.noneAdvice')} /> }}
      />
      {chosen && <HandOutDialog staff={chosen} onClose={() => setChosen(null)} onHandedOut={closeAndAskAgain} />}
    </>
  );
}

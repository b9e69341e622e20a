import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type {
  ProblemTable_problems$data,
  ProblemTable_problems$key,
} from '@/__generated__/ProblemTable_problems.graphql';
import { useStatement } from '@/shared/statements/useStatement';
import './opening.css';

type Row = ProblemTable_problems$data[number];
type Props = { problems: ProblemTable_problems$key };

/** What is wrong, with sheet, row and column, or with the place on the map that the sentence names. */
export function ProblemTable({ problems }: Props) {
  const { t } = useTranslation();
  const say = useStatement();
  const rows = useFragment(
    graphql`
      fragment ProblemTable_problems on ImportProblem @relay(plural: true) {
        position
        sheet
        row
        sheetColumn
        heading
        said {
          ...useStatement_said
        }
      }
    `,
    problems,
  );
  const place = ({ sheet, row, sheetColumn }: Row) => {
    if (row === 0)
      return <span className="faint">{sheet ? t('opening.ofKey', { key: sheet }) : t('opening.leftOut')}</span>;
    return sheetColumn ? t('opening.cell', { sheet, row, column: sheetColumn }) : t('opening.row', { sheet, row });
  };
  const columns: TableColumnsType<Row> = [
    { key: 'place', title: t('opening.place'), width: 200, render: (_, row) => place(row) },
    { key: 'heading', title: t('opening.column'), width: 128, dataIndex: 'heading' },
    { key: 'problem', title: t('opening.problem'), render: (_, { said }) => said && say(said) },
  ];
  return (
    <Table<Row>
      size="small"
      rowKey="position"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      scroll={{ x: 640 }}
    />
  );
}

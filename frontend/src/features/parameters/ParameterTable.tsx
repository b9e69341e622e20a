import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type {
  ParameterTable_parameters$data,
  ParameterTable_parameters$key,
} from '@/__generated__/ParameterTable_parameters.graphql';
import { useCan } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import { ParameterHistory } from './ParameterHistory';
import { ProposeDialog } from './ProposeDialog';
import { useShownValue } from './useShownValue';
import './parameters.css';

type Row = ParameterTable_parameters$data[number];
type Props = { parameters: ParameterTable_parameters$key; onProposed: () => void };

/** Every parameter: what holds, since when, what comes next, and its history behind a row. */
export function ParameterTable({ parameters, onProposed }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const shown = useShownValue();
  const canPropose = useCan('PARAMETERS_PROPOSE');
  const [chosen, setChosen] = useState<Row | null>(null);
  const rows = useFragment(
    graphql`
      fragment ParameterTable_parameters on Parameter @relay(plural: true) {
        name
        type
        unit
        value
        heldFrom
        lowest
        highest
        allowed
        readers
        next {
          value
          fromOn
        }
        history {
          fromOn
        }
        ...ParameterHistory_parameter
        ...ProposeDialog_parameter
      }
    `,
    parameters,
  );
  const columns: TableColumnsType<Row> = [
    {
      key: 'name',
      title: t('parameters.name'),
      render: (_, { name }) => (
        <>
          <span className="strong">{word('parameter', name)}</span> <span className="faint parameter-name">{name}</span>
        </>
      ),
    },
    { key: 'value', title: t('parameters.value'), width: 240, render: (_, row) => shown(row.value, row) },
    {
      key: 'heldFrom',
      title: t('parameters.heldFrom'),
      width: 120,
      className: 'number',
      render: (_, { heldFrom }) => heldFrom ?? <span className="faint">{t('parameters.byDefault')}</span>,
    },
    {
      key: 'next',
      title: t('parameters.next'),
      width: 220,
      render: (_, row) =>
        row.next ? (
          t('parameters.nextFrom', { value: shown(row.next.value, row), day: row.next.fromOn })
        ) : (
          <span className="faint">–</span>
        ),
    },
    {
      key: 'readers',
      title: t('parameters.readers'),
      width: 160,
      render: (_, { readers }) => readers.map((one) => word('parameterReader', one)).join(t('unit.listSeparator')),
    },
    ...(canPropose
      ? [
          {
            key: 'propose',
            width: 104,
            render: (_: unknown, row: Row) => (
              <Button size="small" onClick={() => setChosen(row)}>
                {t('parameters.propose')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <Table<Row>
        className="parameter-table"
        size="small"
        rowKey="name"
        columns={columns}
        dataSource={[...rows]}
        pagination={false}
        scroll={{ x: 1080 }}
        expandable={{
          rowExpandable: ({ history }) => history.length > 0,
          expandedRowRender: (row) => <ParameterHistory parameter={row} />,
        }}
      />
      {chosen && <ProposeDialog parameter={chosen} onClose={() => setChosen(null)} onProposed={onProposed} />}
    </>
  );
}

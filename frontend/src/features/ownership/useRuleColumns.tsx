import { Button, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RuleTable_rules$data } from '@/__generated__/RuleTable_rules.graphql';
import type { Rule } from './condition';
import { ConditionWords } from './ConditionWords';
import './ownership.css';

type Row = RuleTable_rules$data[number];
type Acts = { onChange: (rule: Row) => void; onEnd: (rule: Row) => void };

/** The columns of rules, with what may be done to one where the viewer may. */
export function useRuleColumns(acts: Acts | null): TableColumnsType<Row> {
  const { t } = useTranslation();
  return [
    { key: 'position', title: t('ownership.position'), className: 'number', width: 64, dataIndex: 'position' },
    { key: 'name', title: t('ownership.name'), render: (_, { code, name }) => `${code} ${name}` },
    {
      key: 'condition',
      title: t('ownership.condition'),
      render: (_, row) => <ConditionWords rule={row.condition as Rule} />,
    },
    { key: 'to', title: t('ownership.gives'), render: (_, { toCode, toName }) => `${toName ?? ''} ${toCode}`.trim() },
    { key: 'unit', title: t('ownership.unit'), render: (_, { unit }) => unit ?? t('ownership.wholeBank') },
    {
      key: 'days',
      title: t('ownership.days'),
      render: (_, { from, to, inForce }) => (
        <>
          <span className="number">{from === to ? from : `${from} – ${to ?? ''}`}</span>{' '}
          {!inForce && (
            <span className="tag tag-waiting">{t(from === to ? 'ownership.over' : 'ownership.coming')}</span>
          )}
        </>
      ),
    },
    {
      key: 'customers',
      title: t('ownership.customers'),
      className: 'number',
      render: (_, { customers }) => customers.toLocaleString(),
    },
    ...(acts
      ? [
          {
            key: 'act',
            width: 160,
            render: (_: unknown, row: Row) => (
              <span className="ownership-acts">
                <Button size="small" onClick={() => acts.onChange(row)}>
                  {t('ownership.change')}
                </Button>
                <Button size="small" onClick={() => acts.onEnd(row)}>
                  {t('ownership.end')}
                </Button>
              </span>
            ),
          },
        ]
      : []),
  ];
}

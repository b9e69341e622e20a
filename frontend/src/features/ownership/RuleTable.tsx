import { Button, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { RuleTable_rules$data, RuleTable_rules$key } from '@/__generated__/RuleTable_rules.graphql';
import { EmptyState } from '@/shared/EmptyState';
import { addDays, bankDay } from '@/shared/format';
import { ReasonDialog } from '@/shared/patterns/ReasonDialog';
import { conditionOf, NOTHING, type Rule } from './condition';
import { type RuleDraft, RulePanel } from './RulePanel';
import { useEndRule } from './useOwnershipActs';
import { useRuleColumns } from './useRuleColumns';
import './ownership.css';

type Row = RuleTable_rules$data[number];
type Props = { rules: RuleTable_rules$key; mayPropose: boolean; onProposed: () => void };

/** 管护规则 in their order, in force and to come. */
export function RuleTable({ rules, mayPropose, onProposed }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<RuleDraft | null>(null);
  const [ending, setEnding] = useState<Row | null>(null);
  const rows = useFragment(
    graphql`
      fragment RuleTable_rules on OwnershipRule @relay(plural: true) {
        code
        name
        position
        unitCode
        unit
        condition
        toKind
        toCode
        toName
        from
        to
        inForce
        customers
      }
    `,
    rules,
  );
  const tomorrow = addDays(bankDay(new Date()), 1);
  const end = useEndRule(() => {
    setEnding(null);
    onProposed();
  });
  const columns = useRuleColumns(mayPropose ? { onChange: (row) => setDraft(draftOf(row)), onEnd: setEnding } : null);
  return (
    <>
      {mayPropose && <Button onClick={() => setDraft(NEW)}>{t('ownership.newRule')}</Button>}
      <Table<Row>
        size="small"
        rowKey={({ code, from }) => `${code} ${from}`}
        columns={columns}
        dataSource={[...rows]}
        pagination={false}
        scroll={{ x: 1000 }}
        locale={{ emptyText: <EmptyState title={t('ownership.noRules')} advice={t('ownership.noRulesAdvice')} /> }}
      />
      {draft && (
        <RulePanel
          key={draft.code}
          draft={draft}
          onClose={() => setDraft(null)}
          onProposed={() => {
            setDraft(null);
            onProposed();
          }}
        />
      )}
      {ending && (
        <ReasonDialog
          title={t('ownership.endTitle', { name: ending.name })}
          lead={t('ownership.endLead', { day: tomorrow })}
          reasonLabel={t('ownership.reason')}
          okWord={t('ownership.propose')}
          isWaiting={end.isWaiting}
          sentence={end.sentence}
          onGive={(reason) => end.end(ending.code, tomorrow, reason)}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
}

const NEW: RuleDraft = {
  code: '',
  name: '',
  position: '100',
  unitCode: '',
  condition: NOTHING,
  toKind: 'STAFF',
  toCode: '',
  isNew: true,
};

function draftOf({ code, name, position, unitCode, condition, toKind, toCode }: Row): RuleDraft {
  return {
    code,
    name,
    position: String(position),
    unitCode: unitCode ?? '',
    condition: conditionOf(condition as Rule),
    toKind,
    toCode,
    isNew: false,
  };
}

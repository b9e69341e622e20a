import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnershipTarget } from '@/__generated__/RuleTable_rules.graphql';
import type { TrialResult_trial$key } from '@/__generated__/TrialResult_trial.graphql';
import { addDays, bankDay } from '@/shared/format';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { SidePanel } from '@/shared/patterns/SidePanel';
import { useCodeWord } from '@/shared/words';
import { type Condition, ruleOf } from './condition';
import { ConditionFields } from './ConditionFields';
import { Labelled } from './Labelled';
import { TrialResult } from './TrialResult';
import { type OwnershipRuleInput, useProposeRule, useTryRule } from './useOwnershipActs';
import './ownership.css';

export type RuleDraft = {
  code: string;
  name: string;
  position: string;
  unitCode: string;
  condition: Condition;
  toKind: OwnershipTarget;
  toCode: string;
  isNew: boolean;
};
type Props = { draft: RuleDraft; onClose: () => void; onProposed: () => void };

const TARGETS: readonly OwnershipTarget[] = ['STAFF', 'GRID', 'LIST'];

/** One rule beside the table: said, tried on last night's customers, and sent to a second person. */
export function RulePanel({ draft, onClose, onProposed }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const earliest = addDays(bankDay(new Date()), 1);
  const [rule, setRule] = useState(draft);
  const [fromOn, setFromOn] = useState(earliest);
  const [reason, setReason] = useState('');
  const [trial, setTrial] = useState<TrialResult_trial$key | null>(null);
  const trying = useTryRule(setTrial);
  const proposing = useProposeRule(onProposed);
  // What was tried is what is shown: another rule has another trial.
  const change = (part: Partial<RuleDraft>) => {
    setRule({ ...rule, ...part });
    setTrial(null);
  };
  const input = inputOf(rule);
  const sentence = proposing.sentence ?? trying.sentence;
  return (
    <SidePanel isWide label={t('ownership.ruleTitle')} head={<h2>{t('ownership.ruleTitle')}</h2>} onClose={onClose}>
      <div className="ownership-form">
        <Labelled
          id="rule-code"
          label={t('ownership.code')}
          value={rule.code}
          isLocked={!draft.isNew}
          onChange={(code) => change({ code })}
        />
        <Labelled id="rule-name" label={t('ownership.name')} value={rule.name} onChange={(name) => change({ name })} />
        <Labelled
          id="rule-position"
          label={t('ownership.position')}
          type="number"
          value={rule.position}
          onChange={(position) => change({ position })}
        />
        <ConditionFields condition={rule.condition} onChange={(condition) => change({ condition })} />
        <label htmlFor="rule-to-kind">{t('ownership.toKind')}</label>
        <Select
          id="rule-to-kind"
          value={rule.toKind}
          options={TARGETS.map((one) => ({ value: one, label: word('ownershipTarget', one) }))}
          onChange={(toKind: OwnershipTarget) => change({ toKind })}
        />
        <Labelled
          id="rule-to"
          label={t('ownership.toCode')}
          value={rule.toCode}
          onChange={(toCode) => change({ toCode })}
        />
        <p className="faint">{t('ownership.toHint')}</p>
        <Labelled
          id="rule-unit"
          label={t('ownership.unitCode')}
          value={rule.unitCode}
          onChange={(unitCode) => change({ unitCode })}
        />
        <Button disabled={!input} loading={trying.isWaiting} onClick={() => input && trying.tryRule(input)}>
          {t('ownership.try')}
        </Button>
        {trial && <TrialResult trial={trial} />}
        <Labelled
          id="rule-from"
          label={t('ownership.fromOn')}
          type="date"
          min={earliest}
          value={fromOn}
          onChange={(day) => setFromOn(day || earliest)}
        />
        <Labelled id="rule-reason" label={t('ownership.reason')} value={reason} onChange={setReason} />
        {sentence && <FormAlert>{sentence}</FormAlert>}
        <Button
          type="primary"
          disabled={!input || reason.trim() === ''}
          loading={proposing.isWaiting}
          onClick={() => input && proposing.propose(input, fromOn, reason.trim())}
        >
          {t('ownership.propose')}
        </Button>
      </div>
    </SidePanel>
  );
}

function inputOf(rule: RuleDraft): OwnershipRuleInput | null {
  const condition = ruleOf(rule.condition);
  const position = Number(rule.position);
  if (!condition || !Number.isInteger(position) || rule.code.trim() === '' || rule.name.trim() === '') return null;
  const { code, name, toKind, toCode, unitCode } = rule;
  return { code, name, position, condition, toKind, toCode, unitCode: unitCode.trim() || null };
}

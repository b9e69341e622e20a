import { Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import { type Condition, ruleOf } from './condition';
import './ownership.css';

const KINDS = ['PERSON', 'HOUSEHOLD', 'SOLE_TRADER', 'ENTERPRISE', 'ORGANISATION'];
const AMOUNTS = [
  ['depositWan', 'ownership.deposit'],
  ['loanWan', 'ownership.loan'],
  ['lineWan', 'ownership.line'],
] as const;

type Props = { condition: Condition; onChange: (condition: Condition) => void };

/** For whom a rule holds: what is asked most, or the rule itself as text. */
export function ConditionFields({ condition, onChange }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const change = (part: Partial<Condition>) => onChange({ ...condition, ...part });
  const isText = condition.text !== null;
  return (
    <fieldset className="ownership-fields">
      <legend>{t('ownership.condition')}</legend>
      <Checkbox
        checked={isText}
        onChange={({ target }) =>
          change({ text: target.checked ? JSON.stringify(ruleOf(condition) ?? { all: [] }, null, 2) : null })
        }
      >
        {t('ownership.asText')}
      </Checkbox>
      {isText ? (
        <>
          <Input.TextArea
            className="ownership-text"
            rows={8}
            value={condition.text ?? ''}
            aria-label={t('ownership.asText')}
            onChange={({ target }) => change({ text: target.value })}
          />
          <p className="faint">{ruleOf(condition) ? t('ownership.textHint') : t('ownership.notJson')}</p>
        </>
      ) : (
        <>
          <label htmlFor="rule-kinds">{t('ownership.kinds')}</label>
          <Select
            id="rule-kinds"
            mode="multiple"
            value={condition.kinds}
            options={KINDS.map((one) => ({ value: one, label: word('kind', one) }))}
            onChange={(kinds: string[]) => change({ kinds })}
          />
          <label htmlFor="rule-tier">{t('ownership.tier')}</label>
          <Select
            id="rule-tier"
            value={condition.tier}
            options={['', 'KEY', 'GENERAL'].map((one) => ({
              value: one,
              label: one ? word('tier', one) : t('ownership.anyTier'),
            }))}
            onChange={(tier: string) => change({ tier })}
          />
          {AMOUNTS.map(([name, label]) => (
            <div key={name} className="ownership-field">
              <label htmlFor={`rule-${name}`}>{t(label)}</label>
              <Input
                id={`rule-${name}`}
                inputMode="decimal"
                suffix={t('unit.wan')}
                value={condition[name]}
                onChange={({ target }) => change({ [name]: target.value })}
              />
            </div>
          ))}
          <label htmlFor="rule-industry">{t('ownership.industry')}</label>
          <Input
            id="rule-industry"
            value={condition.industry}
            onChange={({ target }) => change({ industry: target.value })}
          />
        </>
      )}
    </fieldset>
  );
}

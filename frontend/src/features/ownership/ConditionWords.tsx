import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import { conditionOf, type Rule } from './condition';
import './ownership.css';

/** A condition in words; one that the form cannot say, as it is written. */
export function ConditionWords({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { kinds, tier, depositWan, loanWan, lineWan, industry, text } = conditionOf(rule);
  if (text !== null) return <code className="ownership-code">{JSON.stringify(rule)}</code>;
  const amount = (label: string, wan: string) => (wan ? `${label} ${wan} ${t('unit.wan')}` : '');
  const parts = [
    kinds.map((one) => word('kind', one)).join('、'),
    tier && word('tier', tier),
    amount(t('ownership.deposit'), depositWan),
    amount(t('ownership.loan'), loanWan),
    amount(t('ownership.line'), lineWan),
    industry,
  ].filter(Boolean);
  return <span>{parts.length > 0 ? parts.join(' · ') : t('ownership.everybody')}</span>;
}

/** A condition as its form has it, and as a rule of the rule language. Amounts are whole 万元. */
export type Condition = {
  kinds: string[];
  tier: string;
  depositWan: string;
  loanWan: string;
  lineWan: string;
  industry: string;
  /** The rule as JSON where the form cannot say it; null otherwise. */
  text: string | null;
};
export type Rule = Record<string, unknown>;
type Leaf = { field: string; operator: string; value: unknown };

export const NOTHING: Condition = {
  kinds: [],
  tier: '',
  depositWan: '',
  loanWan: '',
  lineWan: '',
  industry: '',
  text: null,
};
const FEN_OF_WAN = 1_000_000;
const AMOUNTS = { depositFen: 'depositWan', loanFen: 'loanWan', lineFen: 'lineWan' } as const;

/** The rule, or null for a text that is no JSON object or an amount that is no number. */
export function ruleOf(condition: Condition): Rule | null {
  if (condition.text !== null) return parsed(condition.text);
  const leaves: Leaf[] = [];
  if (condition.kinds.length > 0) leaves.push({ field: 'kind', operator: 'in', value: condition.kinds });
  if (condition.tier) leaves.push({ field: 'tier', operator: 'eq', value: condition.tier });
  for (const [field, name] of Object.entries(AMOUNTS)) {
    const said = condition[name].trim();
    if (said === '') continue;
    const wan = Number(said);
    if (!Number.isFinite(wan) || wan < 0) return null;
    leaves.push({ field, operator: 'gte', value: Math.round(wan * FEN_OF_WAN) });
  }
  const codes = condition.industry.split(/[,，、\s]+/u).filter(Boolean);
  if (codes.length > 0) leaves.push({ field: 'industry', operator: 'begins', value: codes });
  return { all: leaves };
}

/** The form for a rule; what the form cannot say is shown as its text. */
export function conditionOf(rule: Rule): Condition {
  const asText = { ...NOTHING, text: JSON.stringify(rule, null, 2) };
  const parts = Array.isArray(rule.all) ? (rule.all as Leaf[]) : null;
  if (!parts) return asText;
  const found = { ...NOTHING };
  for (const leaf of parts) {
    const amount = AMOUNTS[leaf.field as keyof typeof AMOUNTS];
    if (leaf.field === 'kind' && leaf.operator === 'in') found.kinds = leaf.value as string[];
    else if (leaf.field === 'tier' && leaf.operator === 'eq') found.tier = String(leaf.value);
    else if (amount && leaf.operator === 'gte') found[amount] = String(Number(leaf.value) / FEN_OF_WAN);
    else if (leaf.field === 'industry' && leaf.operator === 'begins')
      found.industry = (leaf.value as string[]).join(', ');
    else return asText;
  }
  return JSON.stringify(ruleOf(found)) === JSON.stringify(rule) ? found : asText;
}

function parsed(text: string): Rule | null {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Rule) : null;
  } catch {
    return null;
  }
}

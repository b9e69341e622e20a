import { describe, expect, it } from 'vitest';
import { conditionOf, NOTHING, ruleOf } from '@/features/ownership/condition';

describe('a condition of ownership', () => {
  it('goes from its form to a rule and back', () => {
    const asked = { ...NOTHING, kinds: ['ENTERPRISE'], tier: 'KEY', depositWan: '50.5', industry: 'A01，C' };
    const rule = ruleOf(asked);
    expect(rule).toEqual({
      all: [
        { field: 'kind', operator: 'in', value: ['ENTERPRISE'] },
        { field: 'tier', operator: 'eq', value: 'KEY' },
        { field: 'depositFen', operator: 'gte', value: 50_500_000 },
        { field: 'industry', operator: 'begins', value: ['A01', 'C'] },
      ],
    });
    expect(conditionOf(rule!)).toEqual({ ...asked, industry: 'A01, C' });
  });
  it('keeps as text what the form cannot say', () => {
    const rule = { any: [{ field: 'due', operator: 'eq', value: true }] };
    const shown = conditionOf(rule);
    expect(shown.text).toContain('"due"');
    expect(ruleOf(shown)).toEqual(rule);
    const twice = { all: [{ field: 'loanFen', operator: 'lte', value: 1 }] };
    expect(conditionOf(twice).text).not.toBeNull();
  });
  it('is none where an amount or the text is not one', () => {
    expect(ruleOf({ ...NOTHING, loanWan: 'many' })).toBeNull();
    expect(ruleOf({ ...NOTHING, text: '[1]' })).toBeNull();
    expect(ruleOf({ ...NOTHING, text: 'no' })).toBeNull();
  });
});

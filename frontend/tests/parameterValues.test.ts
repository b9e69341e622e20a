import { describe, expect, it } from 'vitest';
import { fieldText, readValue, shownValue } from '@/features/parameters/values';

const AMOUNT = { type: 'FEN', unit: 'FEN', allowed: [] };
const SHARE = { type: 'BPS', unit: 'BPS', allowed: [] };
const STOPS = { type: 'INTEGER', unit: 'CUSTOMERS', allowed: [] };
const BANDS = { type: 'LIST', unit: 'BPS', allowed: [] };
const KINDS = { type: 'LIST', unit: '', allowed: ['PERSON', 'ENTERPRISE'] };
const shown = (value: unknown, kind: typeof KINDS | typeof STOPS) =>
  shownValue(value, kind, (code) => `<${code}>`, '、');

describe('a value of a parameter', () => {
  it('is shown in the units that people use', () => {
    expect(shown(20_000_000, AMOUNT)).toBe('20.00');
    expect(shown(500, SHARE)).toBe('5.00');
    expect(shown(1500, STOPS)).toBe('1,500');
    expect(shown([5000, 7500], BANDS)).toBe('50.00、75.00');
    expect(shown(['PERSON'], KINDS)).toBe('<PERSON>');
  });

  it.each([
    ['25.5', AMOUNT, 25_500_000],
    ['1,200', AMOUNT, 1_200_000_000],
    ['7.5', SHARE, 750],
    ['10', STOPS, 10],
    ['10.5', STOPS, null],
    ['', STOPS, null],
    ['十', STOPS, null],
    ['50、75，90 97', BANDS, [5000, 7500, 9000, 9700]],
    ['50、甲', BANDS, null],
    ['PERSON、ENTERPRISE', KINDS, ['PERSON', 'ENTERPRISE']],
    ['', KINDS, null],
  ])('typed as %j is read', (text, kind, value) => {
    expect(readValue(text, kind)).toEqual(value);
  });

  it.each([
    [20_000_000, AMOUNT],
    [500, SHARE],
    [[5000, 7500, 9000, 9700], BANDS],
    [['PERSON', 'ENTERPRISE'], KINDS],
  ])('%j comes back from its field', (value, kind) => {
    expect(readValue(fieldText(value, kind), kind)).toEqual(value);
  });
});

import { describe, expect, it } from 'vitest';
import { formatForeign, sumByCurrency } from '@/features/customers/foreign';

describe('amounts in other currencies', () => {
  it('shows the letters and the amount to the hundredth', () => {
    expect(formatForeign({ currency: 'JPY', balance: 30_000_000 })).toBe('JPY\u00a0300,000.00');
    expect(formatForeign({ currency: 'USD', balance: -5 })).toBe('USD\u00a0-0.05');
  });

  it('adds up each currency by itself, in the order of letters', () => {
    const accounts = [
      { currency: 'USD', balance: 500_000 },
      { currency: 'HKD', balance: 700 },
      { currency: 'USD', balance: 1 },
      { currency: 'EUR', balance: 0 },
    ];
    expect(sumByCurrency(accounts)).toEqual(['HKD\u00a07.00', 'USD\u00a05,000.01']);
    expect(sumByCurrency([])).toEqual([]);
  });
});

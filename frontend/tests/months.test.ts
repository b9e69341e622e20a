import { describe, expect, it } from 'vitest';
import { everyMonth, knownMonths, lastMonthEnd, monthEnd } from '@/features/customers/months';

const month = (monthOn: string, depositFen: number) => ({ monthOn, depositFen, loanFen: 0, posVolumeFen: 0 });

describe('months', () => {
  it('end on their last day, also in February and at the turn of a year', () => {
    expect(monthEnd('2026-02-10')).toBe('2026-02-28');
    expect(monthEnd('2028-02-10')).toBe('2028-02-29');
    expect(monthEnd('2026-12-31', 1)).toBe('2027-01-31');
    expect(monthEnd('2026-01-31', -1)).toBe('2025-12-31');
  });

  it('are over when their last day is', () => {
    expect(lastMonthEnd('2026-11-29')).toBe('2026-10-31');
    expect(lastMonthEnd('2026-11-30')).toBe('2026-11-30');
  });

  it('with nothing are zeros, up to the last that is over', () => {
    const kept = [month('2026-07-31', 500), month('2026-09-30', 300)];
    expect(everyMonth(kept, '2026-11-20').map(({ monthOn, depositFen }) => [monthOn, depositFen])).toEqual([
      ['2026-07-31', 500],
      ['2026-08-31', 0],
      ['2026-09-30', 300],
      ['2026-10-31', 0],
    ]);
  });

  it('before the first file of a figure are unknown, and its curve begins after them', () => {
    const kept = [
      { ...month('2026-06-30', 500), posVolumeFen: null },
      { ...month('2026-08-31', 300), posVolumeFen: 70 },
    ];
    const months = everyMonth(kept, '2026-09-30');
    expect(months.map(({ depositFen, posVolumeFen }) => [depositFen, posVolumeFen])).toEqual([
      [500, null],
      [0, null],
      [300, 70],
      [0, 0],
    ]);
    expect(knownMonths(months, 'posVolumeFen')).toEqual([
      { monthOn: '2026-08-31', fen: 70 },
      { monthOn: '2026-09-30', fen: 0 },
    ]);
  });

  it('are none where nothing was ever kept', () => {
    expect(everyMonth([], '2026-11-20')).toEqual([]);
  });
});

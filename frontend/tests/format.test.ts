import { describe, expect, it } from 'vitest';
import {
  addDays,
  bankDay,
  fenOfWan,
  formatCount,
  formatDistance,
  formatInstant,
  formatPercent,
  formatRate,
  formatSeconds,
  formatWan,
  formatYuan,
  knownDay,
} from '@/shared/format';

describe('money', () => {
  it.each([
    [0, '0.00'],
    [123_456_789, '123.46'],
    [5_000, '0.01'],
    [4_999, '0.00'],
    [-4_999, '0.00'],
    [-123_456_789, '-123.46'],
    [999_999_999_999_999, '1,000,000,000.00'],
  ])('%d fen are %s 万元', (fen, wan) => expect(formatWan(fen)).toBe(wan));

  it('shows the full amount to the fen', () => {
    expect(formatYuan(123_456_789)).toBe('1,234,567.89');
    expect(formatYuan(-5)).toBe('-0.05');
  });

  it('reads what somebody types in 万元 as whole fen', () => {
    expect(fenOfWan(12.34)).toBe(12_340_000);
    expect(fenOfWan(0.1 + 0.2)).toBe(300_000);
    expect(fenOfWan(null)).toBeNull();
    expect(fenOfWan(Number.NaN)).toBeNull();
  });
});

describe('counts, shares and rates', () => {
  it('groups thousands', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect(formatCount(-1_000)).toBe('-1,000');
    expect(formatCount(999)).toBe('999');
  });
  it('shows shares as percent and basis points as rates', () => {
    expect(formatPercent(0.9436)).toBe('94.4');
    expect(formatPercent(0.5, 0)).toBe('50');
    expect(formatRate(435)).toBe('4.35');
  });
});

describe('days and distances', () => {
  it('shows an instant by the clock of the bank, wherever the browser is', () => {
    expect(formatInstant('2026-11-20T17:30:00Z')).toBe('2026-11-21 01:30');
    expect(bankDay(new Date('2026-11-20T15:59:59Z'))).toBe('2026-11-20');
    expect(bankDay(new Date('2026-11-20T16:00:00Z'))).toBe('2026-11-21');
  });
  it('adds days across months and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });
  it('takes a default of the core for no day', () => {
    expect(knownDay('1900-01-01')).toBeNull();
    expect(knownDay('1996-05-04')).toBe('1996-05-04');
  });
  it('chooses the unit that suits a distance', () => {
    expect(formatDistance(41.6)).toEqual({ value: '42', unit: 'm' });
    expect(formatDistance(8_421)).toEqual({ value: '8.4', unit: 'km' });
  });
  it('keeps three digits of seconds', () => {
    expect(formatSeconds(1.234)).toBe('1.23');
    expect(formatSeconds(71.26)).toBe('71.3');
  });
});

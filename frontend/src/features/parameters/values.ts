import { fenOfWan, formatCount, formatRate, formatWan } from '@/shared/format';

/** What a form needs to know of a parameter to show its value and to read one. */
export type Kind = { readonly type: string; readonly unit: string; readonly allowed: readonly string[] };

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);

function shownNumber(value: unknown, unit: string): string {
  if (!isWhole(value)) return String(value);
  if (unit === 'FEN') return formatWan(value);
  return unit === 'BPS' ? formatRate(value) : formatCount(value);
}

/** A value as people read it, without its unit: fen as 万元, basis points as percent. Codes are worded by `word`. */
export function shownValue(value: unknown, { unit }: Kind, word: (code: string) => string, separator: string): string {
  if (Array.isArray(value)) {
    return value.map((one) => (isWhole(one) ? shownNumber(one, unit) : word(String(one)))).join(separator);
  }
  return typeof value === 'number' ? shownNumber(value, unit) : String(value);
}

/** A value as it stands in the field of a form. */
export function fieldText(value: unknown, { type, unit }: Kind): string {
  if (type === 'RULE') return JSON.stringify(value);
  const plain = (one: unknown) =>
    isWhole(one) && unit === 'FEN'
      ? String(one / 1_000_000)
      : isWhole(one) && unit === 'BPS'
        ? String(one / 100)
        : String(one);
  return Array.isArray(value) ? value.map(plain).join('、') : plain(value);
}

function readNumber(text: string, unit: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text.replace(/,/g, ''));
  if (!Number.isFinite(number)) return null;
  if (unit === 'FEN') return fenOfWan(number);
  return unit === 'BPS' ? Math.round(number * 100) : Number.isInteger(number) ? number : null;
}

/** What was typed, as the server takes it; null where it is no such value. */
export function readValue(text: string, { type, unit, allowed }: Kind): unknown {
  if (type === 'TEXT') return text.trim() === '' ? null : text.trim();
  if (type === 'RULE') return text === '' ? null : (JSON.parse(text) as unknown);
  if (type !== 'LIST') return readNumber(text, unit);
  const parts = text.split(/[、，;；\s]+/).filter((part) => part !== '');
  if (parts.length === 0) return null;
  if (allowed.length > 0) return parts;
  const numbers = parts.map((part) => readNumber(part, unit));
  return numbers.includes(null) ? null : numbers;
}

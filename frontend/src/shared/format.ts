/** Numbers, money and days as people read them. Pure; words and units come from the catalogue. */

const FEN_IN_WAN = 1_000_000;
const BANK_ZONE = 'Asia/Shanghai';

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

export function formatCount(value: number): string {
  return (value < 0 ? '-' : '') + grouped(String(Math.abs(Math.trunc(value))));
}

/** Fen as 万元 with two decimals: 123456789 is 123.46. Halves are rounded away from zero. */
export function formatWan(fen: number): string {
  const hundredths = Math.round((Math.abs(fen) * 100) / FEN_IN_WAN);
  const sign = fen < 0 && hundredths > 0 ? '-' : '';
  return `${sign}${grouped(String(Math.trunc(hundredths / 100)))}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** Fen as yuan to the fen: 123456789 is 1,234,567.89. */
export function formatYuan(fen: number): string {
  const whole = Math.abs(Math.trunc(fen));
  const sign = fen < 0 ? '-' : '';
  return `${sign}${grouped(String(Math.trunc(whole / 100)))}.${String(whole % 100).padStart(2, '0')}`;
}

/** 万元 as somebody types it, as fen; null where it is not a number. */
export function fenOfWan(wan: number | null | undefined): number | null {
  return wan == null || !Number.isFinite(wan) ? null : Math.round(wan * FEN_IN_WAN);
}

export function formatPercent(share: number, decimals = 1): string {
  return (share * 100).toFixed(decimals);
}

/** Basis points as percent: 435 is 4.35. */
export function formatRate(basisPoints: number): string {
  return (basisPoints / 100).toFixed(2);
}

/** An instant as the bank's wall clock shows it: 2026-11-21 06:05. */
export function formatInstant(iso: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: BANK_ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(iso));
  const part = (type: string) => parts.find((found) => found.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

/** The bank day of an instant: 2026-11-21. */
export function bankDay(instant: Date): string {
  return formatInstant(instant.toISOString()).slice(0, 10);
}

/** A bank day some days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A day, or null where the core has a default instead of one. */
export function knownDay(day: string): string | null {
  return day === '1900-01-01' ? null : day;
}

/** Metres with the unit that suits them. */
export function formatDistance(metres: number): { value: string; unit: 'm' | 'km' } {
  return metres < 1000
    ? { value: String(Math.round(metres)), unit: 'm' }
    : { value: (metres / 1000).toFixed(1), unit: 'km' };
}

export function formatSeconds(seconds: number): string {
  return seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1);
}

export function formatSquareKilometres(squareMetres: number): string {
  return (squareMetres / 1_000_000).toFixed(2);
}

/** Bytes as megabytes, as file managers count them: 1,500,000 is 1.5 MB; the smallest shown is 0.1. */
export function formatMegabytes(bytes: number): string {
  return `${Math.max(0.1, bytes / 1_000_000).toFixed(1)} MB`;
}

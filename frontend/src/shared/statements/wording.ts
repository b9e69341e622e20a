// By name, so that pages do not carry the sentences that the server alone says.
import { halts, money, separator, span as spanWords, statements, values } from '../../../../schema/words/zh-CN.json';
import type { Words } from './words';

/** A value as the server gives it: one of the four is there. `date` is a bank day. */
export type StatementValue = {
  readonly name: string;
  readonly text?: string | null | undefined;
  readonly number?: number | null | undefined;
  readonly fen?: number | null | undefined;
  readonly date?: string | null | undefined;
};
export type Said = { readonly code: string; readonly values: readonly StatementValue[] };
export type Language = 'zh-CN' | 'en';

const CHINESE: Words = { money, separator, span: spanWords, statements: { ...statements, ...halts }, values };
/** Chinese is there at once, English when it was fetched. */
const known: { 'zh-CN': Words; en: Words | null } = { 'zh-CN': CHINESE, en: null };

export function learnEnglish(words: Words): void {
  known.en = words;
}

/** The desk says more than the phone. */
export function learnChinese(more: Words['statements']): void {
  known['zh-CN'] = { ...CHINESE, statements: { ...CHINESE.statements, ...more } };
}

/** Without English a page goes on in Chinese, as with its own words. */
const wordsOf = (language: Language): Words => known[language] ?? known['zh-CN'];

const HOLE = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g;
const FEN_IN_WAN = 1_000_000;

/**
 * A statement in words, as `schema/words/wording.py` puts them; both read one catalogue a language and are tried on the
 * same cases. A code without words is shown as it is rather than hidden.
 */
export function word({ code, values }: Said, language: Language): string {
  const words = wordsOf(language);
  const template = words.statements[code];
  if (template === undefined) return [code, ...values.map((value) => `${value.name}=${plain(value)}`)].join(' ');
  return fill(template, values, language);
}

function fill(template: string, values: readonly StatementValue[], language: Language): string {
  return template.replace(HOLE, (hole, name: string, one?: string, other?: string) => {
    const value = values.find((found) => found.name === name);
    if (value === undefined) return hole;
    if (one !== undefined && other !== undefined) return value.number === 1 ? one : other;
    return wordOfValue(value, wordsOf(language), language);
  });
}

/** `1 年 2 个月`, `1 year 2 months`; what is nothing is left out. */
function span(months: number, language: Language): string {
  const parts = [
    { name: 'years', number: Math.trunc(months / 12) },
    { name: 'months', number: months % 12 },
  ] as const;
  const told = parts.filter(({ number }) => number > 0);
  return (told.length > 0 ? told : parts.slice(1))
    .map(({ name }) => fill(wordsOf(language).span[name], parts, language))
    .join(' ');
}

const plain = ({ text, number, fen, date }: StatementValue): string => String(text ?? number ?? fen ?? date ?? '');

function wordOfValue(value: StatementValue, words: Words, language: Language): string {
  const { name, text, number, fen } = value;
  if (fen != null) return amount(fen, name.endsWith('_exact_fen'), words, language);
  if (number != null) {
    if (name.endsWith('_months')) return span(number, language);
    return name.endsWith('_share') ? `${rounded(number * 100, 0)}%` : rounded(number, 4);
  }
  const known = words.values[name];
  if (text != null && known !== undefined)
    return text
      .split(',')
      .map((code) => known[code] ?? code)
      .join(words.separator);
  return plain(value);
}

/** Chinese readers take 12.30 万元 in at a glance, English ones 123,000 yuan. */
function amount(fen: number, isExact: boolean, { money }: Words, language: Language): string {
  if (isExact) return money.yuan.replace('{amount}', rounded(fen / 100, 2, true));
  if (language === 'zh-CN' && Math.abs(fen) >= FEN_IN_WAN) {
    return money.wan.replace('{amount}', rounded(fen / FEN_IN_WAN, 2, true));
  }
  return money.yuan.replace('{amount}', rounded(fen / 100, 0));
}

/** Halves away from zero; digits in groups of three. */
function rounded(value: number, places: number, keepsZeros = false): string {
  return new Intl.NumberFormat('en-US', {
    minimumFractionDigits: keepsZeros ? places : 0,
    maximumFractionDigits: places,
    signDisplay: 'negative',
  }).format(value);
}

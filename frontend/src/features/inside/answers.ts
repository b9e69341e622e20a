/** What the server answers of one question. */
export type Answers = {
  readonly question: string;
  readonly withheld: number;
  readonly cells: readonly { readonly answer: string; readonly customers: number }[];
};

export type Question = 'KIND' | 'AGE' | 'INDUSTRY' | 'TURNOVER' | 'DEPOSIT' | 'LOAN' | 'LINE' | 'POS';
export const PRODUCTS: readonly Question[] = ['DEPOSIT', 'LOAN', 'LINE', 'POS'];
export const OLDEST_AGE = 80;
/** Where bands of turnover begin (domain/performance/inside.py). */
export const TURNOVER_FROM_WAN = [0, 1, 10, 50, 100];
const ONE_FEN_IN_WAN = 0.000001;
const BUSINESSES = ['SOLE_TRADER', 'ENTERPRISE', 'ORGANISATION'];
const OLDER = [80, 90, 100, 110, 120];

/** Where a band begins and ends, in 万元; null for no turnover and unknown. */
export function bandOf(answer: string): { from: number; to: number | null } | null {
  const from = /^FROM_(\d+)$/.exec(answer)?.[1];
  const at = from === undefined ? -1 : TURNOVER_FROM_WAN.indexOf(Number(from));
  return at < 0 ? null : { from: Number(from), to: TURNOVER_FROM_WAN[at + 1] ?? null };
}

/** What the list is asked for the customers of one bar; null where it cannot be asked. */
export function searchOf(question: Question, answer: string): string | null {
  const many = (name: string, values: readonly (string | number)[]) =>
    values.map((value) => `&${name}=${value}`).join('');
  if (question === 'KIND') return `&kind=${answer}`;
  if (question === 'AGE') {
    const age = Number(answer);
    return Number.isNaN(age) ? null : `&kind=PERSON${many('age', age === OLDEST_AGE ? OLDER : [age])}`;
  }
  if (question === 'INDUSTRY') return /^[A-T]$/.test(answer) ? `${many('kind', BUSINESSES)}&industry=${answer}` : null;
  if (question === 'TURNOVER') {
    const band = bandOf(answer);
    if (!band) return null;
    return `&turnoverFrom=${band.from || ONE_FEN_IN_WAN}${band.to === null ? '' : `&turnoverTo=${band.to}`}`;
  }
  if (question === 'LOAN') return `&loan=${answer === 'YES' ? 1 : 0}`;
  if (answer !== 'YES') return null;
  return `&${{ DEPOSIT: 'depositFrom', LINE: 'lineFrom', POS: 'turnoverFrom' }[question]}=${ONE_FEN_IN_WAN}`;
}

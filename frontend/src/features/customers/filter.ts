import { fenOfWan } from '@/shared/format';

/** What a person asks of the list, as the address of the page keeps it. */
export type CustomerAsk = {
  text: string;
  kinds: string[];
  tier: string | null;
  gridIds: string[];
  orgUnitIds: string[];
  hasLoan: boolean | null;
  isLocated: boolean | null;
  depositFromWan: number | null;
  depositToWan: number | null;
  scoreFrom: number | null;
  scoreTo: number | null;
  sort: SortField | null;
  isDescending: boolean;
  after: string | null;
  before: string | null;
};

export const SORT_FIELDS = ['NAME', 'DEPOSIT', 'LOAN', 'ATTRITION_SCORE', 'LAST_VISIT'] as const;
export type SortField = (typeof SORT_FIELDS)[number];
export const KINDS = ['PERSON', 'HOUSEHOLD', 'SOLE_TRADER', 'ENTERPRISE', 'ORGANISATION'] as const;
export const TIERS = ['KEY', 'GENERAL'] as const;

export const NOTHING_ASKED: CustomerAsk = {
  text: '',
  kinds: [],
  tier: null,
  gridIds: [],
  orgUnitIds: [],
  hasLoan: null,
  isLocated: null,
  depositFromWan: null,
  depositToWan: null,
  scoreFrom: null,
  scoreTo: null,
  sort: null,
  isDescending: false,
  after: null,
  before: null,
};

const listOf = (search: URLSearchParams, name: string) => search.getAll(name).filter((value) => value !== '');
const flagOf = (search: URLSearchParams, name: string) => {
  const value = search.get(name);
  return value === '1' ? true : value === '0' ? false : null;
};
const numberOf = (search: URLSearchParams, name: string) => {
  const text = search.get(name);
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
};
const oneOf = <Value extends string>(allowed: readonly Value[], value: string | null): Value | null =>
  allowed.find((candidate) => candidate === value) ?? null;

/** Reads an address; what it does not understand it leaves out, so that an old bookmark still opens. */
export function askOfSearch(search: URLSearchParams): CustomerAsk {
  return {
    text: search.get('text') ?? '',
    kinds: listOf(search, 'kind').filter((kind) => oneOf(KINDS, kind)),
    tier: oneOf(TIERS, search.get('tier')),
    gridIds: listOf(search, 'grid'),
    orgUnitIds: listOf(search, 'org'),
    hasLoan: flagOf(search, 'loan'),
    isLocated: flagOf(search, 'located'),
    depositFromWan: numberOf(search, 'depositFrom'),
    depositToWan: numberOf(search, 'depositTo'),
    scoreFrom: numberOf(search, 'scoreFrom'),
    scoreTo: numberOf(search, 'scoreTo'),
    sort: oneOf(SORT_FIELDS, search.get('sort')),
    isDescending: search.get('order') === 'desc',
    after: search.get('after'),
    before: search.get('before'),
  };
}

/** Writes an address; nothing asked is an empty one. */
export function searchOfAsk(ask: CustomerAsk): URLSearchParams {
  const search = new URLSearchParams();
  const put = (name: string, value: string | number | null) => {
    if (value !== null && value !== '') search.set(name, String(value));
  };
  const flag = (value: boolean | null) => (value === null ? null : value ? '1' : '0');
  put('text', ask.text.trim());
  for (const kind of ask.kinds) search.append('kind', kind);
  put('tier', ask.tier);
  for (const id of ask.gridIds) search.append('grid', id);
  for (const id of ask.orgUnitIds) search.append('org', id);
  put('loan', flag(ask.hasLoan));
  put('located', flag(ask.isLocated));
  put('depositFrom', ask.depositFromWan);
  put('depositTo', ask.depositToWan);
  put('scoreFrom', ask.scoreFrom);
  put('scoreTo', ask.scoreTo);
  if (ask.sort) {
    put('sort', ask.sort);
    if (ask.isDescending) put('order', 'desc');
  }
  put('after', ask.after);
  put('before', ask.before);
  return search;
}

/** The same ask with a change; any change but turning a page starts again at the first page. */
export function withChange(ask: CustomerAsk, change: Partial<CustomerAsk>): CustomerAsk {
  return { ...ask, after: null, before: null, ...change };
}

/** Whether the list shows everything that the person may see. */
export function isUnfiltered(ask: CustomerAsk): boolean {
  return searchOfAsk({ ...ask, sort: null, after: null, before: null }).toString() === '';
}

type Range = { gte?: number; lt?: number };
function rangeOf(from: number | null, to: number | null): Range | undefined {
  if (from === null && to === null) return undefined;
  return { ...(from !== null && { gte: from }), ...(to !== null && { lt: to }) };
}

/** The contract's filter; only what was asked is in it. */
export function filterOfAsk(ask: CustomerAsk) {
  const text = ask.text.trim();
  const deposit = rangeOf(fenOfWan(ask.depositFromWan), fenOfWan(ask.depositToWan));
  const score = rangeOf(
    ask.scoreFrom === null ? null : ask.scoreFrom / 100,
    ask.scoreTo === null ? null : ask.scoreTo / 100,
  );
  return {
    ...(text !== '' && { text }),
    ...(ask.kinds.length > 0 && { kind: ask.kinds }),
    ...(ask.tier && { tier: [ask.tier] }),
    ...(ask.gridIds.length > 0 && { gridId: ask.gridIds }),
    ...(ask.orgUnitIds.length > 0 && { orgUnitId: ask.orgUnitIds }),
    ...(ask.hasLoan !== null && { hasLoan: ask.hasLoan }),
    ...(ask.isLocated !== null && { located: ask.isLocated }),
    ...(deposit && { depositFen: deposit }),
    ...(score && { attritionScore: score }),
  };
}

/** One page by key: forwards from a row, backwards before a row, or the first. */
export function pageOfAsk(ask: CustomerAsk, size: number) {
  const page = ask.before ? { last: size, before: ask.before } : { first: size, after: ask.after };
  const orderBy = ask.sort ? [{ by: ask.sort, descending: ask.isDescending }] : null;
  return { first: null, after: null, last: null, before: null, ...page, orderBy, filter: filterOfAsk(ask) };
}

import { fenOfWan } from '@/shared/format';
import { decodeArea, polygonOf } from '@/shared/map/areas';
import { rangeOf, shareOf } from './ranges';
import { dayOf, flagOf, listOf, numberOf, oneOf } from './addresses';

/** What a person asks of the list, as the address of the page keeps it. */
export type CustomerAsk = {
  text: string;
  kinds: string[];
  /** Codes of GB/T 4754; a shorter one means everything below it. */
  industries: string[];
  tier: string | null;
  /** Empty for whoever the bank knows, served or not. */
  statuses: string[];
  gridIds: string[];
  orgUnitIds: string[];
  hasLoan: boolean | null;
  isLocated: boolean | null;
  depositFromWan: number | null;
  depositToWan: number | null;
  scoreFrom: number | null;
  scoreTo: number | null;
  bands: number[];
  /** 应访: whom last night found a reason to see. */
  isDue: boolean | null;
  dueFrom: string | null;
  dueTo: string | null;
  visitedFrom: string | null;
  /** The same without what a former system kept: our own work. */
  visitedHereFrom: string | null;
  /** 盲区: nobody has been there from that day on, or ever. */
  unvisitedFrom: string | null;
  /** Decades of the age. */
  ages: number[];
  lineFromWan: number | null;
  /** What shops took in by card and code within twelve months. */
  turnoverFromWan: number | null;
  turnoverToWan: number | null;
  /** An area on the map, as addresses write it. */
  area: string | null;
  sort: SortField | null;
  isDescending: boolean;
  after: string | null;
  before: string | null;
};

export const SORT_FIELDS = ['NAME', 'DEPOSIT', 'LOAN', 'ATTRITION_SCORE', 'LAST_VISIT'] as const;
export type SortField = (typeof SORT_FIELDS)[number];
export const KINDS = ['PERSON', 'HOUSEHOLD', 'SOLE_TRADER', 'ENTERPRISE', 'ORGANISATION'] as const;
export const STATUSES = ['ACTIVE', 'CLOSED', 'MOVED', 'DEAD'] as const;
export const TIERS = ['KEY', 'GENERAL'] as const;

const INDUSTRY = /^[A-T]\d{0,4}$/;
const ANY_STATUS = 'ANY';

/** Every figure counts active customers, so the list that it opens starts with them. */
export const NOTHING_ASKED: CustomerAsk = {
  text: '',
  kinds: [],
  industries: [],
  tier: null,
  statuses: ['ACTIVE'],
  gridIds: [],
  orgUnitIds: [],
  hasLoan: null,
  isLocated: null,
  depositFromWan: null,
  depositToWan: null,
  scoreFrom: null,
  scoreTo: null,
  bands: [],
  isDue: null,
  dueFrom: null,
  dueTo: null,
  visitedFrom: null,
  unvisitedFrom: null,
  visitedHereFrom: null,
  ages: [],
  lineFromWan: null,
  turnoverFromWan: null,
  turnoverToWan: null,
  area: null,
  sort: null,
  isDescending: false,
  after: null,
  before: null,
};

const AGES = Array.from({ length: 13 }, (_, at) => at * 10);
const BANDS = [1, 2, 3, 4, 5];
function statusesOf(search: URLSearchParams): string[] {
  if (search.get('status') === ANY_STATUS) return [];
  const known = listOf(search, 'status').filter((status) => oneOf(STATUSES, status));
  return known.length > 0 ? known : NOTHING_ASKED.statuses;
}

/** Reads an address; what it does not understand it leaves out, so that an old bookmark still opens. */
export function askOfSearch(search: URLSearchParams): CustomerAsk {
  return {
    text: search.get('text') ?? '',
    kinds: listOf(search, 'kind').filter((kind) => oneOf(KINDS, kind)),
    industries: listOf(search, 'industry').filter((code) => INDUSTRY.test(code)),
    tier: oneOf(TIERS, search.get('tier')),
    statuses: statusesOf(search),
    gridIds: listOf(search, 'grid'),
    orgUnitIds: listOf(search, 'org'),
    hasLoan: flagOf(search, 'loan'),
    isLocated: flagOf(search, 'located'),
    depositFromWan: numberOf(search, 'depositFrom'),
    depositToWan: numberOf(search, 'depositTo'),
    scoreFrom: numberOf(search, 'scoreFrom'),
    scoreTo: numberOf(search, 'scoreTo'),
    bands: listOf(search, 'band')
      .map(Number)
      .filter((band) => BANDS.includes(band)),
    isDue: flagOf(search, 'due'),
    dueFrom: dayOf(search, 'dueFrom'),
    dueTo: dayOf(search, 'dueTo'),
    visitedFrom: dayOf(search, 'visitedFrom'),
    unvisitedFrom: dayOf(search, 'unvisitedFrom'),
    visitedHereFrom: dayOf(search, 'visitedHereFrom'),
    ages: listOf(search, 'age')
      .map(Number)
      .filter((age) => AGES.includes(age)),
    lineFromWan: numberOf(search, 'lineFrom'),
    turnoverFromWan: numberOf(search, 'turnoverFrom'),
    turnoverToWan: numberOf(search, 'turnoverTo'),
    area: decodeArea(search.get('area')) ? search.get('area') : null,
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
  for (const code of ask.industries) search.append('industry', code);
  put('tier', ask.tier);
  if (ask.statuses.join() !== NOTHING_ASKED.statuses.join()) {
    for (const status of ask.statuses.length > 0 ? ask.statuses : [ANY_STATUS]) search.append('status', status);
  }
  for (const id of ask.gridIds) search.append('grid', id);
  for (const id of ask.orgUnitIds) search.append('org', id);
  put('loan', flag(ask.hasLoan));
  put('located', flag(ask.isLocated));
  put('depositFrom', ask.depositFromWan);
  put('depositTo', ask.depositToWan);
  put('scoreFrom', ask.scoreFrom);
  put('scoreTo', ask.scoreTo);
  for (const band of ask.bands) search.append('band', String(band));
  put('due', flag(ask.isDue));
  put('dueFrom', ask.dueFrom);
  put('dueTo', ask.dueTo);
  put('visitedFrom', ask.visitedFrom);
  put('unvisitedFrom', ask.unvisitedFrom);
  put('visitedHereFrom', ask.visitedHereFrom);
  for (const age of ask.ages) search.append('age', String(age));
  put('lineFrom', ask.lineFromWan);
  put('turnoverFrom', ask.turnoverFromWan);
  put('turnoverTo', ask.turnoverToWan);
  put('area', ask.area);
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

/** Whether the list is as it starts: every active customer that the person may see. */
export function isUnfiltered(ask: CustomerAsk): boolean {
  return searchOfAsk({ ...ask, sort: null, after: null, before: null }).toString() === '';
}

/** The contract's filter; only what was asked is in it. */
export function filterOfAsk(ask: CustomerAsk) {
  const text = ask.text.trim();
  const deposit = rangeOf(fenOfWan(ask.depositFromWan), fenOfWan(ask.depositToWan));
  const score = rangeOf(shareOf(ask.scoreFrom), shareOf(ask.scoreTo));
  const due = rangeOf(ask.dueFrom, ask.dueTo);
  const turnover = rangeOf(fenOfWan(ask.turnoverFromWan), fenOfWan(ask.turnoverToWan));
  const area = decodeArea(ask.area);
  return {
    ...(text !== '' && { text }),
    ...(ask.kinds.length > 0 && { kind: ask.kinds }),
    ...(ask.industries.length > 0 && { industry: ask.industries }),
    ...(ask.tier && { tier: [ask.tier] }),
    ...(ask.statuses.length > 0 && { status: ask.statuses }),
    ...(ask.gridIds.length > 0 && { gridId: ask.gridIds }),
    ...(ask.orgUnitIds.length > 0 && { orgUnitId: ask.orgUnitIds }),
    ...(ask.hasLoan !== null && { hasLoan: ask.hasLoan }),
    ...(ask.isLocated !== null && { located: ask.isLocated }),
    ...(deposit && { depositFen: deposit }),
    ...(score && { attritionScore: score }),
    ...(ask.bands.length > 0 && { attritionBand: ask.bands }),
    ...(ask.isDue !== null && { due: ask.isDue }),
    ...(due && { dueOn: due }),
    ...(ask.visitedFrom && { lastVisitOn: { gte: ask.visitedFrom } }),
    ...(ask.unvisitedFrom && { not: { lastVisitOn: { gte: ask.unvisitedFrom } } }),
    ...(ask.visitedHereFrom && { visitedHereOn: { gte: ask.visitedHereFrom } }),
    ...(ask.ages.length > 0 && { ageDecade: ask.ages }),
    ...(ask.lineFromWan !== null && { lineFen: { gte: fenOfWan(ask.lineFromWan) } }),
    ...(turnover && { posVolume12mFen: turnover }),
    ...(area && { area: polygonOf(area) }),
  };
}

/** One page by key: forwards from a row, backwards before a row, or the first. */
export function pageOfAsk(ask: CustomerAsk, size: number) {
  const page = ask.before ? { last: size, before: ask.before } : { first: size, after: ask.after };
  const orderBy = ask.sort ? [{ by: ask.sort, descending: ask.isDescending }] : null;
  return { first: null, after: null, last: null, before: null, ...page, orderBy, filter: filterOfAsk(ask) };
}

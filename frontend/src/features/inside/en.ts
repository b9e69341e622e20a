import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  inside: {
    title: 'What lies inside',
    guarded: 'Numbers below five, and those that would tell them, are not shown.',
    withheld: 'Not shown',
    nobody: 'There is no active customer inside.',
    unknown: 'Unknown',
    aged: 'Aged {{from}} to {{to}}',
    agedFrom: 'Aged {{from}} or more',
    noTurnover: 'No turnover',
    turnoverBelow: 'below ¥{{to}}0,000',
    turnoverBetween: '¥{{from}}0,000–{{to}}0,000',
    turnoverFrom: 'from ¥{{from}}0,000',
    products: 'Products',
    bar: '{{answer}}: {{customers}}',
  },
  insideQuestion: {
    KIND: 'Kind',
    AGE: 'Age (persons)',
    INDUSTRY: 'Industry (businesses)',
    TURNOVER: 'Card and code turnover, 12 months',
    DEPOSIT: 'With deposits',
    LOAN: 'With loans',
    LINE: 'With credit lines',
    POS: 'Taking cards and codes',
  },
};

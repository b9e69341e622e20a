import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  dashboard: {
    customers: 'Customers',
    gridCoverage: 'In a grid',
    visitsDue: 'Due visits',
    visitsDone: 'Visits this month',
    thisMonth: 'this month',
    openVisited: 'Visited this month',
    openRows: 'Open the list',
    openUnlocated: 'Open those without a point',
    wholeBank: 'Whole bank',
    funnel: 'Funnel',
    noFunnel: 'The funnel has no data yet',
    noFunnelAdvice: 'It is rolled up by the night run.',
    rateOf: '{{rate}}% of {{denominator}}',
    denominator: '{{whole}} {{name}}',
    feeds: 'Feeds',
    newest: 'Newest data',
    late: 'Late',
    onTime: 'On time',
    lateTitle: 'Feeds are late:',
    lateFeed: '{{feed}} stays at {{day}}',
    missingFeed: '{{feed}} has never come',
    lateAdvice:
      '. All other data are up to date; figures of these feeds are the last known. Run the night again when the files are there.',
    feed: 'Feed',
    state: 'State',
  },
  funnelStep: {
    LISTED: 'On the list',
    IN_GRID: 'In a grid',
    VISITED: 'Visited',
    FILED: 'On file',
    GRANTED: 'Credit line',
    DRAWN: 'Credit in use',
  },
  funnelOf: {
    LISTED: 'customers on the list',
    IN_GRID: 'customers in a grid',
    VISITED_IN_GRID: 'customers in a grid, all to be seen',
    FILED: 'customers on file',
    GRANTED: 'customers with a credit line',
  },
};

import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  walk: {
    standsInFor: 'For {{name}}',
    title: "Today's walk",
    of: 'Walk of {{day}}',
    ofAnotherDay: 'This walk was planned for {{day}}; none is planned for today ({{today}}) yet.',
    stops: 'Stops',
    visited: 'Done',
    length: 'Length',
    stopOf: 'Stop {{order}} {{name}}',
    done: 'visited today',
    doneOn: 'visited {{day}}',
    dueOn: 'due {{day}}',
    dueSince: 'due since {{day}}',
    visit: 'Start the visit',
    none: 'Nothing is planned today',
    noneAdvice: 'Nobody is due. Look into the list for customers at risk of leaving.',
    noneForRole: 'Walks are planned for customer managers. You can look at customers and the map.',
    openCustomers: 'Open the customers',
  },
  reasonTag: {
    LOAN_OVERDUE: 'Loan overdue',
    LOAN_MATURED: 'Loan matured',
    AGREED: 'As agreed',
    LOAN_ENDING: 'Loan ending',
    ATTRITION: 'At risk',
    CADENCE: 'Regular visit',
    NEVER_VISITED: 'Never visited',
    DUE_DOOR_ON_THE_WAY: 'On the way',
  },
};

import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  tab: { title: 'Main menu', today: 'Today', map: 'Map', customers: 'Customers', me: 'Me' },
  connection: {
    open: 'This connection is not encrypted: there is no position, and passwords cross the network as they are. Open the https address, or tell IT.',
  },
  me: {
    number: 'Number',
    grids: 'My grids',
    noGrids: 'You have no grid yet.',
    customers_one: '{{count, number}} customer',
    customers_other: '{{count, number}} customers',
    otherA: 'Post A {{name}}',
    otherB: 'Post B {{name}}',
  },
};

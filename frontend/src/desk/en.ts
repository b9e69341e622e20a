import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  menu: {
    title: 'Main menu',
    skip: 'Skip to content',
    dashboard: 'Dashboard',
    map: 'Grids',
    customers: 'Customers',
    nights: 'Night runs',
    models: 'Models',
  },
};

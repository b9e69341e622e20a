import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  mapSearch: {
    label: 'Find on the map',
    hint: 'Place, grid, list, outlet, customer',
    searching: 'Searching…',
    nothing: 'Nothing is called “{{text}}”. Try fewer words; customers are found by the last four digits too.',
    found: 'Found',
    letGo: 'Let go',
    openCustomer: 'Open the customer',
    inMiddle: 'You are not shown the place: the grid is marked',
    noPlace: 'This customer has no place and is in no grid, so the map cannot show him.',
    gone: 'This place is no longer there, or outside your scope.',
  },
  mapFinds: {
    towns: 'Towns and villages',
    grids: 'Grids',
    lists: 'Lists (their customers)',
    outlets: 'Outlets',
    atoms: 'Groups and estates',
    customers: 'Customers',
  },
};

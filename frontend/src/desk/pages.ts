import { lazyNamed } from '@/shared/lazyNamed';

/** The desk's places, in the order of the menu; each with the permission without which it is not shown. */
export const PAGES = [
  {
    path: '/',
    word: 'menu.dashboard',
    permission: 'PERFORMANCE_VIEW',
    Page: lazyNamed(() => import('./routes/DashboardRoute'), 'DashboardRoute'),
  },
  {
    path: '/map',
    word: 'menu.map',
    permission: 'GRIDS_VIEW',
    Page: lazyNamed(() => import('./routes/MapRoute'), 'MapRoute'),
  },
  {
    path: '/plans',
    word: 'menu.plans',
    permission: 'GRIDS_EDIT',
    Page: lazyNamed(() => import('./routes/PlansRoute'), 'PlansRoute'),
  },
  {
    path: '/ownership',
    word: 'menu.ownership',
    permission: 'GRIDS_GIVE_CUSTOMERS',
    Page: lazyNamed(() => import('./routes/OwnershipRoute'), 'OwnershipRoute'),
  },
  {
    path: '/customers',
    word: 'menu.customers',
    permission: 'CUSTOMERS_VIEW',
    Page: lazyNamed(() => import('./routes/CustomersRoute'), 'CustomersRoute'),
  },
  {
    path: '/nights',
    word: 'menu.nights',
    permission: 'NIGHTS_VIEW',
    Page: lazyNamed(() => import('./routes/NightsRoute'), 'NightsRoute'),
  },
  {
    path: '/sources',
    word: 'menu.sources',
    permission: 'NIGHTS_VIEW',
    Page: lazyNamed(() => import('./routes/SourcesRoute'), 'SourcesRoute'),
  },
  {
    path: '/models',
    word: 'menu.models',
    permission: 'MODELS_VIEW',
    Page: lazyNamed(() => import('./routes/ModelsRoute'), 'ModelsRoute'),
  },
  {
    path: '/parameters',
    word: 'menu.parameters',
    permission: 'PARAMETERS_VIEW',
    Page: lazyNamed(() => import('./routes/ParametersRoute'), 'ParametersRoute'),
  },
  {
    path: '/accounts',
    word: 'menu.accounts',
    permission: 'ACCOUNTS_VIEW',
    Page: lazyNamed(() => import('./routes/AccountsRoute'), 'AccountsRoute'),
  },
  {
    path: '/opening',
    word: 'menu.opening',
    permission: 'IMPORTS_VIEW',
    Page: lazyNamed(() => import('./routes/OpeningRoute'), 'OpeningRoute'),
  },
] as const;

/** Pages that show nothing of last night's files. */
export const RESTS_ON_NO_FILE: ReadonlySet<string> = new Set(['/opening', '/parameters']);

export const PlanRoute = lazyNamed(() => import('./routes/PlanRoute'), 'PlanRoute');
export const CustomerRoute = lazyNamed(() => import('./routes/CustomerRoute'), 'CustomerRoute');

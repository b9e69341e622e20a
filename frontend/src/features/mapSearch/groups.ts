import type { Group } from './useMapSearch';

/** In which order what was found is shown. */
export const GROUPS: readonly Group[] = ['towns', 'grids', 'outlets', 'customers', 'atoms'];

import { zhCN as desk } from '@/desk/zh-CN';
import { zhCN as industries } from '@/shared/industries/zh-CN';
import { zhCN as accounts } from '@/features/accounts/zh-CN';
import { zhCN as areas } from '@/features/areas/zh-CN';
import { zhCN as baseMap } from '@/features/baseMap/zh-CN';
import { zhCN as customers } from '@/features/customers/zh-CN';
import { zhCN as dashboard } from '@/features/dashboard/zh-CN';
import { zhCN as facts } from '@/shared/facts/zh-CN';
import { zhCN as grids } from '@/features/grids/zh-CN';
import { zhCN as inside } from '@/features/inside/zh-CN';
import { zhCN as mapSearch } from '@/features/mapSearch/zh-CN';
import { zhCN as models } from '@/features/models/zh-CN';
import { zhCN as nights } from '@/features/nights/zh-CN';
import { zhCN as opening } from '@/features/opening/zh-CN';
import { zhCN as ownership } from '@/features/ownership/zh-CN';
import { zhCN as parameters } from '@/features/parameters/zh-CN';
import { zhCN as plans } from '@/features/plans/zh-CN';
import { zhCN as picture } from '@/features/picture/zh-CN';
import { zhCN as session } from '@/features/session/zh-CN';
import { zhCN as sources } from '@/features/sources/zh-CN';
import { zhCN as twoDays } from '@/features/twoDays/zh-CN';
import { zhCN as visits } from '@/features/visits/zh-CN';
import { zhCN as walk } from '@/features/walk/zh-CN';
import { zhCN as phone } from '@/h5/zh-CN';
import { joined } from '@/shared/i18n/joined';
import type { Catalogues } from '@/shared/i18n/start';
import { fetchEnglish } from '@/cataloguesFetched';
import { zhCN as shared } from '@/shared/i18n/zh-CN';

/**
 * Every part that has words of its own. A new feature adds its words here, in `cataloguesInEnglish.ts`, and where the phone
 * has it in `cataloguesOfPhone.ts`.
 */
export const PARTS = [
  shared,
  desk,
  phone,
  accounts,
  areas,
  baseMap,
  customers,
  industries,
  dashboard,
  facts,
  grids,
  inside,
  mapSearch,
  models,
  nights,
  opening,
  ownership,
  parameters,
  plans,
  picture,
  session,
  sources,
  twoDays,
  visits,
  walk,
] as const;

/** English is fetched by whoever reads it: what every page carries is Chinese. */
export const CATALOGUES: Catalogues = { 'zh-CN': joined(PARTS), en: fetchEnglish };

type All<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer Whole) => void
  ? Whole
  : never;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: All<(typeof PARTS)[number]> };
    returnNull: false;
  }
}

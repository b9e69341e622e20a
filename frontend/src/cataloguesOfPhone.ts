import { zhCN as industries } from '@/shared/industries/zh-CN';
import { zhCN as customers } from '@/features/customers/zh-CN';
import { zhCN as grids } from '@/features/grids/zh-CN';
import { zhCN as mapSearch } from '@/features/mapSearch/zh-CN';
import { zhCN as nights } from '@/features/nights/zh-CN';
import { zhCN as session } from '@/features/session/zh-CN';
import { zhCN as visits } from '@/features/visits/zh-CN';
import { zhCN as walk } from '@/features/walk/zh-CN';
import { fetchEnglish } from '@/cataloguesFetched';
import { zhCN as phone } from '@/h5/zh-CN';
import { joined } from '@/shared/i18n/joined';
import type { Catalogues } from '@/shared/i18n/start';
import { zhCN as shared } from '@/shared/i18n/zh-CN';

/** What the phone says: it does not carry the words of features that the desk alone has. */
export const PHONE_CATALOGUES: Catalogues = {
  'zh-CN': joined([shared, phone, customers, industries, grids, mapSearch, nights, session, visits, walk]),
  en: fetchEnglish,
};

import { en as deskInEnglish } from '@/desk/en';
import { zhCN as desk } from '@/desk/zh-CN';
import { en as customersInEnglish } from '@/features/customers/en';
import { zhCN as customers } from '@/features/customers/zh-CN';
import { en as dashboardInEnglish } from '@/features/dashboard/en';
import { zhCN as dashboard } from '@/features/dashboard/zh-CN';
import { en as gridsInEnglish } from '@/features/grids/en';
import { zhCN as grids } from '@/features/grids/zh-CN';
import { en as modelsInEnglish } from '@/features/models/en';
import { zhCN as models } from '@/features/models/zh-CN';
import { en as nightsInEnglish } from '@/features/nights/en';
import { zhCN as nights } from '@/features/nights/zh-CN';
import { en as parametersInEnglish } from '@/features/parameters/en';
import { zhCN as parameters } from '@/features/parameters/zh-CN';
import { en as sessionInEnglish } from '@/features/session/en';
import { zhCN as session } from '@/features/session/zh-CN';
import { en as visitsInEnglish } from '@/features/visits/en';
import { zhCN as visits } from '@/features/visits/zh-CN';
import { en as walkInEnglish } from '@/features/walk/en';
import { zhCN as walk } from '@/features/walk/zh-CN';
import { en as phoneInEnglish } from '@/h5/en';
import { zhCN as phone } from '@/h5/zh-CN';
import { en as sharedInEnglish } from '@/shared/i18n/en';
import type { Catalogues } from '@/shared/i18n/start';
import { zhCN as shared } from '@/shared/i18n/zh-CN';

/** Every part that has words of its own. A new feature adds its two catalogues here. */
export const PARTS = {
  'zh-CN': [shared, desk, phone, customers, dashboard, grids, models, nights, parameters, session, visits, walk],
  en: [
    sharedInEnglish,
    deskInEnglish,
    phoneInEnglish,
    customersInEnglish,
    dashboardInEnglish,
    gridsInEnglish,
    modelsInEnglish,
    nightsInEnglish,
    parametersInEnglish,
    sessionInEnglish,
    visitsInEnglish,
    walkInEnglish,
  ],
} as const;

type Part = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The parts as one catalogue. Several parts may add to one group, as all do to `refusal`. */
function joined(parts: readonly Part[]): Part {
  const whole: Record<string, Readonly<Record<string, string>>> = {};
  for (const [group, words] of parts.flatMap((part) => Object.entries(part))) {
    whole[group] = { ...whole[group], ...words };
  }
  return whole;
}

export const CATALOGUES: Catalogues = { 'zh-CN': joined(PARTS['zh-CN']), en: joined(PARTS.en) };

type All<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer Whole) => void
  ? Whole
  : never;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: All<(typeof PARTS)['zh-CN'][number]> };
    returnNull: false;
  }
}

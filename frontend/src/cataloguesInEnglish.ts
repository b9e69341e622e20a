import { en as deskInEnglish } from '@/desk/en';
import { en as accountsInEnglish } from '@/features/accounts/en';
import { en as areasInEnglish } from '@/features/areas/en';
import { en as baseMapInEnglish } from '@/features/baseMap/en';
import { en as customersInEnglish } from '@/features/customers/en';
import { en as industriesInEnglish } from '@/shared/industries/en';
import { en as dashboardInEnglish } from '@/features/dashboard/en';
import { en as factsInEnglish } from '@/shared/facts/en';
import { en as gridsInEnglish } from '@/features/grids/en';
import { en as insideInEnglish } from '@/features/inside/en';
import { en as mapSearchInEnglish } from '@/features/mapSearch/en';
import { en as modelsInEnglish } from '@/features/models/en';
import { en as nightsInEnglish } from '@/features/nights/en';
import { en as openingInEnglish } from '@/features/opening/en';
import { en as ownershipInEnglish } from '@/features/ownership/en';
import { en as parametersInEnglish } from '@/features/parameters/en';
import { en as plansInEnglish } from '@/features/plans/en';
import { en as pictureInEnglish } from '@/features/picture/en';
import { en as sessionInEnglish } from '@/features/session/en';
import { en as sourcesInEnglish } from '@/features/sources/en';
import { en as twoDaysInEnglish } from '@/features/twoDays/en';
import { en as visitsInEnglish } from '@/features/visits/en';
import { en as walkInEnglish } from '@/features/walk/en';
import { en as phoneInEnglish } from '@/h5/en';
import { en as sharedInEnglish } from '@/shared/i18n/en';
import { joined } from '@/shared/i18n/joined';

/** The same parts as `PARTS` of `catalogues.ts`, in its order. */
export const PARTS_IN_ENGLISH = [
  sharedInEnglish,
  deskInEnglish,
  phoneInEnglish,
  accountsInEnglish,
  areasInEnglish,
  baseMapInEnglish,
  customersInEnglish,
  industriesInEnglish,
  dashboardInEnglish,
  factsInEnglish,
  gridsInEnglish,
  insideInEnglish,
  mapSearchInEnglish,
  modelsInEnglish,
  nightsInEnglish,
  openingInEnglish,
  ownershipInEnglish,
  parametersInEnglish,
  plansInEnglish,
  pictureInEnglish,
  sessionInEnglish,
  sourcesInEnglish,
  twoDaysInEnglish,
  visitsInEnglish,
  walkInEnglish,
] as const;

export const ENGLISH = joined(PARTS_IN_ENGLISH);

import { askOfSearch, NOTHING_ASKED, searchOfAsk } from '@/features/customers/filter';
import { listOfBlindSpot } from '@/features/grids/visitClasses';
import { encodeArea } from '@/shared/map/areas';
import type { Position } from '@/shared/map/geometry';

/** 盲区: the list of whom a cell counts, by the measure that colours it. */
export function listOfCell(square: readonly Position[], measure: string, dataDate: string | null): string {
  const blind = dataDate === null ? null : listOfBlindSpot(measure, dataDate);
  const ask = blind === null ? NOTHING_ASKED : askOfSearch(new URLSearchParams(blind));
  return searchOfAsk({ ...ask, area: encodeArea(square) }).toString();
}

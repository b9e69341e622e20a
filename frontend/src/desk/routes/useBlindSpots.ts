import { askOfSearch, NOTHING_ASKED, searchOfAsk } from '@/features/customers/filter';
import { addDays } from '@/shared/format';
import { useSession } from '@/shared/session';

/** A quarter, half a year and a year: the visits of nobody are fresher than these. */
const DAYS = [90, 180, 365];

/** 盲区: doors where nobody has been for so many days, as a question of the list; days end with the data date. */
export function useBlindSpots(list: string | null, onList: (list: string | null) => void) {
  const { dataDate } = useSession();
  if (dataDate === null) return null;
  const choices = DAYS.map((days) => ({ days, since: addDays(dataDate, 1 - days) }));
  const asked = list === null ? NOTHING_ASKED : askOfSearch(new URLSearchParams(list));
  const isChoice = choices.some(({ since }) => since === asked.unvisitedFrom);
  const onChoose = (unvisitedFrom: string | null) => {
    const next = searchOfAsk({ ...asked, unvisitedFrom }).toString();
    onList(next === '' ? null : next);
  };
  return { choices, chosen: isChoice ? asked.unvisitedFrom : null, onChoose };
}

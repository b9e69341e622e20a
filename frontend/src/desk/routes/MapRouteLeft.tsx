import { NOTHING_ASKED, searchOfAsk } from '@/features/customers/filter';
import { MapMatching } from '@/features/grids/MapMatching';
import { MapSearch } from '@/features/mapSearch/MapSearch';
import { OF_LIST } from '@/features/mapSearch/useMapSearch';
import type { useFound } from '@/features/mapSearch/useFound';
import type { useMapRouteMatching } from './useMapRouteMatching';
import '@/features/grids/grids.css';

type Props = {
  soughtId: string | null;
  looking: ReturnType<typeof useFound>;
  /** The list's question, where the map shows its customers alone. */
  list: string | null;
  matched: ReturnType<typeof useMapRouteMatching>;
  change: (part: Record<string, string | null>) => void;
};

/** Below the tools: the search, and the question that the list left here. */
export function MapRouteLeft({ soughtId, looking, list, matched, change }: Props) {
  const choose = (at: string | null) => {
    if (at?.startsWith(OF_LIST)) {
      const gridIds = [at.slice(OF_LIST.length)];
      change({ at: null, list: searchOfAsk({ ...NOTHING_ASKED, gridIds }).toString() });
    } else change(at?.startsWith('Grid:') ? { at, grid: at, area: null } : { at });
  };
  return (
    <div className="map-left">
      <MapSearch chosenId={soughtId} looking={looking} onChoose={choose} />
      {list !== null && <MapMatching {...matched} onDrop={() => change({ list: null })} />}
    </div>
  );
}

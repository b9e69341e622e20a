import { MapMatching } from '@/features/grids/MapMatching';
import { MapSearch } from '@/features/mapSearch/MapSearch';
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
  return (
    <div className="map-left">
      <MapSearch
        chosenId={soughtId}
        looking={looking}
        onChoose={(at) => change(at?.startsWith('Grid:') ? { at, grid: at, area: null } : { at })}
      />
      {list !== null && <MapMatching {...matched} onDrop={() => change({ list: null })} />}
    </div>
  );
}

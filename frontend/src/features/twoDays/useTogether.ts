import type { Map as MapLibre } from 'maplibre-gl';
import { useEffect } from 'react';

/** Two maps that show the same ground: whoever moves one moves both. */
export function useTogether(one: MapLibre | null, other: MapLibre | null) {
  useEffect(() => {
    if (!one || !other) return undefined;
    // A move that follows the other map is not passed back.
    let isFollowing = false;
    const follow = (leader: MapLibre, follower: MapLibre) => (event: { originalEvent?: unknown }) => {
      if (isFollowing) return;
      isFollowing = true;
      // Told whose hand it was: a map that somebody moved is not fitted anew when the window changes.
      follower.jumpTo({ center: leader.getCenter(), zoom: leader.getZoom() }, { originalEvent: event.originalEvent });
      isFollowing = false;
    };
    const [forth, back] = [follow(one, other), follow(other, one)];
    one.on('move', forth);
    other.on('move', back);
    forth({});
    return () => {
      one.off('move', forth);
      other.off('move', back);
    };
  }, [one, other]);
}

/** The grid under the pointer; null where there is none. */
export function usePointed(map: MapLibre | null, onGrid: (id: string | null) => void) {
  useEffect(() => {
    if (!map) return undefined;
    let last: string | null = null;
    const tell = (id: string | null) => {
      if (id !== last) onGrid((last = id));
    };
    const look = ({ point }: { point: { x: number; y: number } }) => {
      if (!map.getLayer('grid-fill')) return;
      const grid = map.queryRenderedFeatures([point.x, point.y], { layers: ['grid-fill'] })[0];
      tell(grid ? String(grid.properties.id) : null);
    };
    const leave = () => tell(null);
    map.on('mousemove', look);
    map.on('mouseout', leave);
    return () => {
      map.off('mousemove', look);
      map.off('mouseout', leave);
    };
  }, [map, onGrid]);
}

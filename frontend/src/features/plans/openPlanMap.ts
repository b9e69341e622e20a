import { Map as MapLibre, type MapMouseEvent, NavigationControl, type PointLike, ScaleControl } from 'maplibre-gl';
import type { RefObject } from 'react';
import type { Bounds } from '@/shared/map/geometry';
import { tokens } from '@/shared/tokens';
import { planStyle } from './planStyle';

export type Mode = 'PICK' | 'LASSO' | 'DRAG';

/** What a hand does on the map, as atoms. */
export type Hand = {
  mode: Mode;
  chosen: ReadonlySet<string>;
  /** An atom was pressed; null beside all. */
  onPick: (id: string | null, isAdding: boolean) => void;
  /** What is being dragged is over another atom. */
  onDragOver: (ids: readonly string[], over: string | null) => void;
  onDrop: (ids: readonly string[], over: string | null) => void;
};

const DRAG_FROM_PX = 5;
const ROOM_PX = 32;
/** The tools lie over the top of the map. */
const TOOLS_PX = 84;
/** The legend over its bottom, in two lines where the map is narrow. */
const LEGEND_PX = 112;

type Asked = { holder: HTMLElement; planId: string; tileVersion: string; bounds: Bounds | null; hand: RefObject<Hand> };

export function openPlanMap({ holder, planId, tileVersion, bounds, hand }: Asked): MapLibre {
  const map = new MapLibre({
    container: holder,
    style: planStyle(window.location.origin, tileVersion, planId),
    localIdeographFontFamily: tokens.fonts,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    // Shift is held to add to what is chosen.
    boxZoom: false,
    maxZoom: 17,
    fadeDuration: 0,
    transformRequest: (url) => ({ url, headers: { 'X-Yunge': '1' }, credentials: 'same-origin' }),
  });
  if (bounds)
    map.fitBounds(bounds, {
      padding: { top: TOOLS_PX, right: ROOM_PX, bottom: LEGEND_PX, left: ROOM_PX },
      animate: false,
    });
  map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right');
  map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left');
  map.on('idle', () => holder.setAttribute('data-idle', 'true'));
  map.on('movestart', () => holder.setAttribute('data-idle', 'false'));
  map.on('click', ({ point, originalEvent }) => {
    hand.current.onPick(atomAt(map, point), originalEvent.shiftKey || originalEvent.ctrlKey || originalEvent.metaKey);
  });
  listenForDrags(map, hand);
  return map;
}

function atomAt(map: MapLibre, point: PointLike): string | null {
  const found = map.queryRenderedFeatures(point, { layers: ['atom-fill'] })[0];
  return found ? String(found.properties.id) : null;
}

/** An atom that is chosen, or any one in the mode for it, goes along with the hand to where it is let go. */
function listenForDrags(map: MapLibre, hand: RefObject<Hand>): void {
  map.on('mousedown', 'atom-fill', (pressed: MapMouseEvent) => {
    const id = atomAt(map, pressed.point);
    const { mode, chosen } = hand.current;
    if (id === null || pressed.originalEvent.button !== 0 || !(mode === 'DRAG' || chosen.has(id))) return;
    pressed.preventDefault();
    const ids = chosen.has(id) ? [...chosen] : [id];
    let [isDragging, over]: [boolean, string | null] = [false, null];
    const move = ({ point }: MapMouseEvent) => {
      isDragging ||= point.dist(pressed.point) >= DRAG_FROM_PX;
      if (!isDragging) return;
      map.getCanvas().style.cursor = 'grabbing';
      const now = atomAt(map, point);
      if (now !== over) hand.current.onDragOver(ids, now);
      over = now;
    };
    const drop = () => {
      map.off('mousemove', move);
      map.getCanvas().style.cursor = '';
      if (isDragging) hand.current.onDrop(ids, over);
    };
    map.on('mousemove', move);
    // Also where the hand leaves the map.
    window.addEventListener('mouseup', drop, { once: true });
  });
  map.on('mouseenter', 'atom-fill', () => (map.getCanvas().style.cursor ||= 'pointer'));
  map.on('mouseleave', 'atom-fill', () => (map.getCanvas().style.cursor = ''));
}

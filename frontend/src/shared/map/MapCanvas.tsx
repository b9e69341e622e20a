import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import { useEffect, useRef } from 'react';
import { tokens } from '../tokens';
import { clicked, type Heard } from './clicks';
import { draw, type Drawn } from './draw';
import type { Bounds } from './geometry';
import workerUrl from './mapWorker?worker&url';
import { type GridLevel, mapStyle } from './mapStyle';
import { OUTLET_MARK, outletMark } from './names';
import { requestFor } from './requests';

setWorkerUrl(workerUrl);

/** Near enough to see a street; a point alone is gone to no nearer. */
const CLOSE_ZOOM = 15;

export type Covered = { top: number; right: number; bottom: number; left: number };
type Props = Drawn &
  Heard & {
    /** What the map shows, for who cannot see it. */
    label: string;
    level: GridLevel;
    /** A data date whose plan is drawn instead of the one in force. */
    of?: string | null;
    /** Whether the bank has brought water or roads. */
    hasGround?: boolean;
    bounds: Bounds | null;
    /** Pixels at each side that something else covers: the county is fitted into what is left. */
    covered: Covered;
    /** The map once it is there, for what is drawn on it by others; null when it goes. */
    onMap?: (map: MapLibre | null) => void;
  };

/** The map itself. React says what is to be seen; MapLibre draws it. */
export function MapCanvas(props: Props) {
  const {
    tileVersion,
    level,
    of = null,
    hasGround = false,
    colouring,
    bounds,
    chosenId,
    showsCustomers,
    me = null,
    spot = null,
    dots,
  } = props;
  const holder = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibre | null>(null);
  const isWhole = useRef(true);
  const latest = useRef(props);
  latest.current = props;

  // A new level, plan or version is another set of tiles, and so another map.
  useEffect(() => {
    if (!holder.current) return undefined;
    const first = latest.current;
    const opened = new MapLibre({
      container: holder.current,
      style: mapStyle(window.location.origin, tileVersion, level, first.colouring, { of, hasGround }),
      localIdeographFontFamily: tokens.fonts,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 17,
      fadeDuration: 0,
      transformRequest: (url) => requestFor(url, window.location.origin),
    });
    const fit = () => {
      const { bounds: all, spot: sought, covered } = latest.current;
      const wanted = sought?.bounds ?? all;
      if (wanted) opened.fitBounds(wanted, { padding: covered, animate: false, maxZoom: CLOSE_ZOOM });
    };
    fit();
    // Whoever has not looked elsewhere still sees what was fitted when a panel or the window takes room away or gives it back.
    opened.on('movestart', ({ originalEvent }) => {
      if (originalEvent) isWhole.current = false;
    });
    opened.on('resize', () => {
      if (isWhole.current) fit();
    });
    opened.touchZoomRotate.disableRotation();
    opened.addControl(new NavigationControl({ showCompass: false }), 'bottom-right');
    opened.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left');
    opened.addImage(OUTLET_MARK, outletMark(), { pixelRatio: 2 });
    opened.on('load', () => draw(opened, latest.current));
    opened.on('idle', () => holder.current?.setAttribute('data-idle', 'true'));
    opened.on('movestart', () => holder.current?.setAttribute('data-idle', 'false'));
    opened.on('click', ({ point }) => clicked(opened, point, latest.current));
    for (const layer of ['grid-fill', 'customer-points', 'dots']) {
      opened.on('mouseenter', layer, () => (opened.getCanvas().style.cursor = 'pointer'));
      opened.on('mouseleave', layer, () => (opened.getCanvas().style.cursor = ''));
    }
    map.current = opened;
    first.onMap?.(opened);
    return () => {
      first.onMap?.(null);
      map.current = null;
      opened.remove();
    };
  }, [tileVersion, level, of, hasGround]);

  useEffect(() => {
    // Before its style is there nothing can be drawn, and `load` draws what is then the latest; tiles are not waited for.
    if (map.current) draw(map.current, latest.current);
  }, [colouring, chosenId, showsCustomers, me, spot, dots]);

  useEffect(() => {
    isWhole.current = true;
    if (bounds) map.current?.fitBounds(bounds, { padding: latest.current.covered, duration: 160 });
  }, [bounds]);

  const spotId = spot?.id ?? null;
  useEffect(() => {
    const sought = latest.current.spot;
    if (!sought) return;
    // What was looked for stays in view until somebody looks elsewhere.
    isWhole.current = true;
    map.current?.fitBounds(sought.bounds, { padding: latest.current.covered, duration: 160, maxZoom: CLOSE_ZOOM });
  }, [spotId]);

  return <div ref={holder} className="map-canvas" role="region" aria-label={props.label} data-idle="false" />;
}

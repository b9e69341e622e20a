import 'maplibre-gl/dist/maplibre-gl.css';
import { type GeoJSONSource, type Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import { useEffect, useRef } from 'react';

import type { Bounds, Position } from '@/shared/map/geometry';
import workerUrl from '@/shared/map/mapWorker?worker&url';
import { caught, type Pixel } from './lasso';
import { LassoLayer } from './LassoLayer';
import { type Hand, openPlanMap } from './openPlanMap';
import { ATOMS, type Mark, type PlanLabel } from './planStyle';

setWorkerUrl(workerUrl);

type Props = Hand & {
  label: string;
  planId: string;
  tileVersion: string;
  bounds: Bounds | null;
  marks: ReadonlyMap<string, Mark>;
  labels: readonly PlanLabel[];
  middles: readonly (readonly [id: string, at: Position])[];
  /** Where to look; another object is another look. */
  look: { bounds: Bounds } | null;
  onLasso: (ids: readonly string[], isAdding: boolean) => void;
};

const ROOM_PX = 96;
const CLOSEST_ZOOM = 13;

/** The map of a draft. What changes with an act is painted on atoms that are there: no tile is asked again. */
export function PlanCanvas(props: Props) {
  const { planId, tileVersion, marks, labels, look, mode } = props;
  const holder = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibre | null>(null);
  const painted = useRef<ReadonlyMap<string, Mark>>(new Map());
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!holder.current) return undefined;
    const { bounds } = latest.current;
    const opened = openPlanMap({ holder: holder.current, planId, tileVersion, bounds, hand: latest });
    opened.on('load', () => {
      painted.current = paint(opened, new Map(), latest.current.marks);
      name(opened, latest.current.labels);
    });
    map.current = opened;
    return () => {
      map.current = null;
      painted.current = new Map();
      opened.remove();
    };
  }, [planId, tileVersion]);

  useEffect(() => {
    if (map.current?.getLayer('atom-fill')) painted.current = paint(map.current, painted.current, marks);
  }, [marks]);
  useEffect(() => {
    if (map.current?.getLayer('atom-fill')) name(map.current, labels);
  }, [labels]);
  useEffect(() => {
    if (look) map.current?.fitBounds(look.bounds, { padding: ROOM_PX, maxZoom: CLOSEST_ZOOM, duration: 160 });
  }, [look]);

  const catchAtoms = (ring: readonly Pixel[], isAdding: boolean) => {
    const opened = map.current;
    if (!opened) return;
    const seen = latest.current.middles.map(([id, at]) => {
      const { x, y } = opened.project(at);
      return [id, [x, y]] as const;
    });
    latest.current.onLasso(caught(ring, seen), isAdding);
  };
  return (
    <>
      <div ref={holder} className="map-canvas" role="region" aria-label={props.label} data-idle="false" />
      {mode === 'LASSO' && <LassoLayer onDrawn={catchAtoms} />}
    </>
  );
}

/** Says to the map what is another mark than before. */
function paint(map: MapLibre, before: ReadonlyMap<string, Mark>, marks: ReadonlyMap<string, Mark>) {
  for (const [id, mark] of marks) {
    const was = before.get(id);
    const isSame =
      was &&
      was.colour === mark.colour &&
      was.isMoved === mark.isMoved &&
      was.isChosen === mark.isChosen &&
      was.isTarget === mark.isTarget &&
      was.isLocked === mark.isLocked;
    if (!isSame) map.setFeatureState({ ...ATOMS, id }, mark);
  }
  return marks;
}

function name(map: MapLibre, labels: readonly PlanLabel[]): void {
  (map.getSource('labels') as GeoJSONSource).setData({
    type: 'FeatureCollection',
    features: labels.map((label) => ({
      type: 'Feature',
      properties: { name: label.name, rank: label.rank },
      geometry: { type: 'Point', coordinates: label.at },
    })),
  });
}

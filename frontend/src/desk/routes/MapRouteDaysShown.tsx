import type { Map as MapLibre } from 'maplibre-gl';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MapLegend } from '@/features/grids/MapLegend';
import { MapPicture } from '@/features/picture/MapPicture';
import type { Kept } from '@/features/twoDays/days';
import { DifferenceLine } from '@/features/twoDays/DifferenceLine';
import { DifferenceTable } from '@/features/twoDays/DifferenceTable';
import { type Half, TwoMaps } from '@/features/twoDays/TwoMaps';
import type { Classing } from '@/shared/classes';
import { useSession } from '@/shared/session';
import { type Asked, useMapRouteDays } from './useMapRouteDays';
import '@/features/twoDays/twoDays.css';

type Props = Asked & {
  /** Said where another measure was asked for. */
  replaced: string | null;
  onClassing: (classing: Classing) => void;
};
/** Both days with their maps, one legend and what changed. */
export function MapRouteDaysShown({ replaced, onClassing, ...asked }: Props) {
  const { then, now, level, measure, under, classing } = asked;
  const { t } = useTranslation();
  const { tileVersion } = useSession();
  const { data, sides, all, colourings, bounds } = useMapRouteDays(asked);
  const [pointed, setPointed] = useState<string | null>(null);
  const [thenMap, setThenMap] = useState<MapLibre | null>(null);
  const [nowMap, setNowMap] = useState<MapLibre | null>(null);
  const onPoint = useCallback(
    (gridId: string | null) => setPointed(sides.flat().find((one) => one.gridId === gridId)?.code ?? null),
    [sides],
  );
  const shown = all.find(({ code }) => code === pointed) ?? null;
  const half = (at: 0 | 1, kept: Kept, map: MapLibre | null, onMap: Half['onMap']): Half => ({
    day: kept.day,
    plan: (at === 0 ? data.then : data.now).plan ?? null,
    colouring: colourings[at]!,
    chosenId: (at === 0 ? shown?.then : shown?.now)?.gridId ?? null,
    of: under === 'OF_THE_DAY' && !kept.planIsInForce ? kept.day : null,
    isEmpty: sides[at].length === 0,
    map,
    onMap,
  });
  const halves = [half(0, then, thenMap, setThenMap), half(1, now, nowMap, setNowMap)] as const;
  const [before, after] = [data.then.elsewhere ?? 0, data.now.elsewhere ?? 0];
  const compared = { measure, then, now };
  const days = { then: then.day, now: now.day };
  const maps = useMemo(
    () =>
      thenMap &&
      nowMap && [
        { map: thenMap, caption: [then.day, data.then.plan].filter(Boolean).join(' · ') },
        { map: nowMap, caption: [now.day, data.now.plan].filter(Boolean).join(' · ') },
      ],
    [thenMap, nowMap, then.day, now.day, data],
  );
  return (
    <>
      <DifferenceLine {...compared} pointed={shown} />
      <TwoMaps {...{ halves, tileVersion, level, bounds, onPoint }} hasGround={data.groundLayers.length > 0} />
      <div className="two-days-beside">
        <MapLegend
          {...{ measure, classing, onClassing }}
          breaks={colourings[0]!.breaks}
          colours={colourings[0]!.colours}
          isLacking={false}
          visits={null}
          dataDate={t('twoDays.legendDays', days)}
          showsCustomers={false}
          showsDots={false}
          ground={data.groundLayers}
        />
        {replaced && <p>{replaced}</p>}
        <p className="faint">{t('twoDays.kept')}</p>
        {sides.some((one) => one.length === 0) && <p>{t('twoDays.ofTheDayAdvice')}</p>}
        {!!(before || after) && <p className="faint">{t('twoDays.elsewhere', { ...days, before, after })}</p>}
        <DifferenceTable {...compared} all={all} pointed={pointed} onPoint={setPointed} />
      </div>
      <MapPicture
        maps={maps}
        title={t('twoDays.pictureTitle', { measure: t(`measure.${measure.code}`), ...days })}
        day={t('twoDays.legendDays', days)}
      />
    </>
  );
}

import type { Map as MapLibre } from 'maplibre-gl';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RadioTiles } from '@/shared/patterns/RadioTiles';
import { useSession } from '@/shared/session';
import { drawSheet } from './drawSheet';
import { legendOf } from './legend';
import type { Paper } from './sheet';
import { print, saveAsFile, takePicture } from './takePicture';
import './picture.css';

type Props = {
  /** One map, or several beside each other; null until they are there. */
  maps: readonly { map: MapLibre; caption?: string }[] | null;
  /** Of several maps: what they are of, and of which days. */
  title?: string;
  day?: string;
};
type Doing = 'nothing' | 'working' | 'failed';

/** 打印与图片: the map as it is seen, with legend, scale, day and source, on a paper or as a file. */
export function MapPicture({ maps, title, day }: Props) {
  const { t } = useTranslation();
  const { dataDate, staffName, orgUnitName } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const [paper, setPaper] = useState<Paper>('A4');
  const [doing, setDoing] = useState<Doing>('nothing');
  const ofDay = day ?? dataDate;
  const name = t('picture.file', { day: ofDay ?? '' });
  const make = async (hand: (sheet: HTMLCanvasElement) => Promise<void>) => {
    const legend = document.querySelector('.legend');
    if (!maps || !legend) return;
    setDoing('working');
    try {
      const says = legendOf(legend);
      const at = new Date().toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });
      const said = {
        title: title ?? t('picture.title', { measure: says.title }),
        legend: says,
        credit: document.querySelector('.map-credit')?.textContent ?? null,
        source: t('picture.source', { bank: orgUnitName, day: ofDay ?? '–', who: staffName, at }),
      };
      const views = [];
      for (const { map, caption } of maps) views.push({ ...(await takePicture(map)), caption });
      await hand(drawSheet(paper, views, said));
      setDoing('nothing');
    } catch {
      setDoing('failed');
    }
  };
  return (
    <div className="picture-tools">
      {isOpen && (
        <div className="picture-choice" role="group" aria-label={t('picture.tools')}>
          <RadioTiles
            label={t('picture.paper')}
            value={paper}
            options={(['A4', 'A3'] as const).map((value) => ({ value, label: value }))}
            onChange={setPaper}
          />
          <p className="faint">{t('picture.advice')}</p>
          <button
            type="button"
            className="small-button"
            disabled={doing === 'working'}
            onClick={() => void make((sheet) => print(sheet, paper, 'picture-printed'))}
          >
            {t('picture.print')}
          </button>{' '}
          <button
            type="button"
            className="small-button"
            disabled={doing === 'working'}
            onClick={() => void make((sheet) => saveAsFile(sheet, `${name}.png`))}
          >
            {t('picture.save')}
          </button>
          <p role="status">{doing === 'nothing' ? '' : t(`picture.${doing}`)}</p>
        </div>
      )}
      <button
        type="button"
        className="small-button"
        aria-expanded={isOpen}
        disabled={!maps}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('picture.tools')}
      </button>
    </div>
  );
}

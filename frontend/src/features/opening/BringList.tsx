import { DatePicker, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { RadioTiles } from '@/shared/patterns/RadioTiles';
import { Uploader } from '@/shared/patterns/Uploader';
import { useServerTransport } from '@/shared/patterns/useServerTransport';
import { useTryImport } from './useTryImport';
import './opening.css';

type Datum = 'WGS84' | 'GCJ02' | 'BD09';
type Props = { kind: string; title: string; isMap: boolean; onBrought: (importId: string) => void };

const DATUMS: readonly Datum[] = ['WGS84', 'GCJ02', 'BD09'];

const MIB = 2 ** 20;
const SHEETS = ['.xlsx', '.csv', '.txt'];
/** There is one outline, so a file is all of it, and it holds at once. */
const OUTLINE = 'outline';
/** A list of grids names its atoms; only a map of them has a datum. */
const GRIDS = 'grids';
const MAPS = ['.geojson', '.json', '.zip', '.kml', '.gpkg'];

/** A list comes through the door and is tried at once: nothing is changed by that. */
export function BringList({ kind, title, isMap, onBrought }: Props) {
  const { t } = useTranslation();
  const [fromOn, setFromOn] = useState<string | null>(null);
  const [isWhole, setWhole] = useState(true);
  const [datum, setDatum] = useState<Datum | null>(null);
  const [brought, setBrought] = useState(0);
  const transport = useServerTransport('import');
  const { tryImport, sentence } = useTryImport((importId) => {
    // The next file is another list: the row of this one goes.
    setBrought((count) => count + 1);
    onBrought(importId);
  });
  const takesMaps = isMap && datum !== null;
  const sheets = kind === OUTLINE ? [] : SHEETS;
  const limits = { count: 1, sizeBytes: 64 * MIB, accept: takesMaps ? [...MAPS, ...sheets] : sheets };
  return (
    <div className="opening-bring">
      {isMap && (
        <div className="opening-choices">
          <span>{t('opening.datum')}</span>
          <RadioTiles
            label={t('opening.datum')}
            value={datum}
            options={DATUMS.map((value) => ({ value, label: t(`datumOf.${value}`) }))}
            onChange={setDatum}
          />
          <span className="faint">{t(kind === GRIDS ? 'opening.datumHintGrids' : 'opening.datumHint')}</span>
        </div>
      )}
      {kind !== OUTLINE && <WhenAndWhole isWhole={isWhole} onWhole={setWhole} onFrom={setFromOn} />}
      {isMap && !takesMaps && kind !== GRIDS ? (
        <p className="opening-wanted">{t('opening.datumFirst')}</p>
      ) : (
        <Uploader
          key={brought}
          label={t('opening.bring', { what: title })}
          purpose={`import.${kind}`}
          limits={limits}
          transport={transport}
          onDone={(fileId) => tryImport({ kind, fileId, isWhole, fromOn, datum })}
        />
      )}
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </div>
  );
}

type WhenProps = { isWhole: boolean; onWhole: (isWhole: boolean) => void; onFrom: (fromOn: string | null) => void };

/** From when on a list holds, and whether it is all of it. */
function WhenAndWhole({ isWhole, onWhole, onFrom }: WhenProps) {
  const { t } = useTranslation();
  return (
    <p className="opening-choices">
      <label className="opening-from">
        {t('opening.from')}
        <DatePicker
          placeholder={t('opening.fromToday')}
          onChange={(_, text) => onFrom(typeof text === 'string' && text !== '' ? text : null)}
        />
      </label>
      <Segmented
        value={isWhole}
        options={[
          { value: true, label: t('opening.whole') },
          { value: false, label: t('opening.part') },
        ]}
        onChange={onWhole}
      />
      <span className="faint">{t(isWhole ? 'opening.wholeHint' : 'opening.partHint')}</span>
    </p>
  );
}

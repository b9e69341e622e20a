import { DatePicker, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { Uploader } from '@/shared/patterns/Uploader';
import { useServerTransport } from '@/shared/patterns/useServerTransport';
import { useTryImport } from './useTryImport';
import './opening.css';

type Props = { kind: string; title: string; onBrought: (importId: string) => void };

const MIB = 2 ** 20;
const LIMITS = {
  count: 1,
  sizeBytes: 64 * MIB,
  accept: ['.xlsx', '.csv', '.txt', '.geojson', '.json', '.zip', '.kml', '.gpkg'],
};

/** A list comes through the door and is tried at once: nothing is changed by that. */
export function BringList({ kind, title, onBrought }: Props) {
  const { t } = useTranslation();
  const [fromOn, setFromOn] = useState<string | null>(null);
  const [isWhole, setWhole] = useState(true);
  const [brought, setBrought] = useState(0);
  const transport = useServerTransport('import');
  const { tryImport, sentence } = useTryImport((importId) => {
    // The next file is another list: the row of this one goes.
    setBrought((count) => count + 1);
    onBrought(importId);
  });
  return (
    <div className="opening-bring">
      <p className="opening-choices">
        <label>
          {t('opening.from')}{' '}
          <DatePicker
            placeholder={t('opening.fromToday')}
            onChange={(_, text) => setFromOn(typeof text === 'string' && text !== '' ? text : null)}
          />
        </label>
        <Segmented
          value={isWhole}
          options={[
            { value: true, label: t('opening.whole') },
            { value: false, label: t('opening.part') },
          ]}
          onChange={setWhole}
        />
        <span className="faint">{t(isWhole ? 'opening.wholeHint' : 'opening.partHint')}</span>
      </p>
      <Uploader
        key={brought}
        label={t('opening.bring', { what: title })}
        purpose={`import.${kind}`}
        limits={LIMITS}
        transport={transport}
        onDone={(fileId) => tryImport({ kind, fileId, isWhole, fromOn })}
      />
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </div>
  );
}

import { Button, Input } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import { type BaseMapValue, DATUMS, NEEDED, PARTS, readBaseMap, TIANDITU, withPart } from './baseMapValue';
import './parameters.css';

type Props = { text: string; onText: (text: string) => void };

/** The parts of a base map, decided together. The server says what may not stand, and why. */
export function BaseMapFields({ text, onText }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const value = readBaseMap(text);
  const put = (next: BaseMapValue) => onText(JSON.stringify(next));
  return (
    <>
      <p className="faint parameter-hint">{t('parameters.baseMapAdvice')}</p>
      <span>
        <Button size="small" onClick={() => put({ ...value, ...TIANDITU, attribution: t('parameters.tiandituName') })}>
          {t('parameters.tianditu')}
        </Button>{' '}
        <Button size="small" onClick={() => put({})}>
          {t('parameters.noBaseMap')}
        </Button>
      </span>
      {PARTS.map((part) => (
        <Fragment key={part}>
          <label htmlFor={`base-map-${part}`}>{word('baseMapPart', part)}</label>
          {part === 'datum' ? (
            <select
              id="base-map-datum"
              value={String(value.datum ?? '')}
              onChange={(event) => put(withPart(value, part, event.target.value))}
            >
              <option value="">–</option>
              {DATUMS.map((datum) => (
                <option key={datum} value={datum}>
                  {word('baseMapDatum', datum)}
                </option>
              ))}
            </select>
          ) : (
            <Input
              id={`base-map-${part}`}
              value={String(value[part] ?? '')}
              placeholder={NEEDED.includes(part) ? undefined : t('parameters.optional')}
              inputMode={part === 'largest_zoom' ? 'numeric' : undefined}
              onChange={(event) => put(withPart(value, part, event.target.value))}
            />
          )}
        </Fragment>
      ))}
    </>
  );
}

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../EmptyState';
import { FormAlert } from '../patterns/FormAlert';
import { Section } from '../Section';
import { Waiting } from '../states';
import { useDevice, useDeviceView } from './deviceContext';
import type { ItemState } from './item';
import { UnsentCard } from './UnsentCard';

const PARTS: readonly ItemState[] = ['refused', 'waiting', 'draft'];

/** Everything of this person's that is not with the server yet: what was turned down, what waits, what is being written. */
export function UnsentList() {
  const { t } = useTranslation();
  const device = useDevice();
  const { items, isOpen, sending, trouble } = useDeviceView();
  useEffect(() => void device.open(), [device]);
  if (!isOpen) return <Waiting />;
  const parts = PARTS.map((state) => ({ state, of: items.filter((item) => item.state === state) }));
  const full = parts.filter(({ of }) => of.length > 0);
  return (
    <div className="device-list">
      {trouble && <FormAlert tone="waiting">{t(`deviceTrouble.${trouble}`)}</FormAlert>}
      {full.length === 0 && <EmptyState title={t('device.nothing')} advice={t('device.nothingAdvice')} />}
      {full.map(({ state, of }) => (
        <Section key={state} title={t(`devicePart.${state as 'draft' | 'waiting' | 'refused'}`)}>
          <ul className="cards">
            {[...of]
              .sort((a, b) => a.place - b.place)
              .map((item) => (
                <UnsentCard key={item.key} item={item} isSending={sending === item.key} />
              ))}
          </ul>
          {state === 'waiting' && (
            <button
              type="button"
              className="small-button"
              disabled={sending !== null}
              onClick={() => void device.sendNow()}
            >
              {t(sending === null ? 'device.sendNow' : 'device.sending')}
            </button>
          )}
        </Section>
      ))}
      <p className="faint">{t('device.whereKept')}</p>
    </div>
  );
}

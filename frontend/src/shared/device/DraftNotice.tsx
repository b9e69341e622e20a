import { useTranslation } from 'react-i18next';
import { refusalSentence } from '../failure';
import { formatInstant } from '../format';
import { ConfirmButton } from '../patterns/ConfirmButton';
import { FormAlert } from '../patterns/FormAlert';
import type { Writing } from './useWriting';

type Props = { writing: Pick<Writing<unknown>, 'item' | 'isOnDevice' | 'isResumed' | 'trouble' | 'throwAway'> };

/** What a person should know of what is being written: where it comes from, why it came back, whether it is kept. */
export function DraftNotice({ writing: { item, isOnDevice, isResumed, trouble, throwAway } }: Props) {
  const { t } = useTranslation();
  if (!item) return trouble && <FormAlert tone="waiting">{t(`deviceTrouble.${trouble}`)}</FormAlert>;
  return (
    <>
      {trouble && !isOnDevice && <FormAlert tone="waiting">{t(`deviceTrouble.${trouble}`)}</FormAlert>}
      {item.failure === 'UNAUTHENTICATED' && <FormAlert tone="waiting">{t('device.sessionEnded')}</FormAlert>}
      {item.refused && <FormAlert>{refusalSentence(item.refused.code, item.refused.message)}</FormAlert>}
      {isResumed && (
        <div className="device-resumed" role="status">
          <span>{t('device.resumed', { at: formatInstant(item.updatedAt) })}</span>
          <ConfirmButton question={t('device.reallyClear')} word={t('device.startAnew')} onConfirm={throwAway} />
        </div>
      )}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { refusalSentence } from '../failure';
import { formatInstant } from '../format';
import { ConfirmButton } from '../patterns/ConfirmButton';
import { FormAlert } from '../patterns/FormAlert';
import type { Item } from './item';
import type { Writing } from './useWriting';

type Props = { writing: Pick<Writing<unknown>, 'item' | 'isOnDevice' | 'isResumed' | 'trouble' | 'throwAway'> };

/** What a person should know of what is being written: that it is gone on with, and whether it is kept. */
export function DraftNotice({ writing: { item, isOnDevice, isResumed, trouble, throwAway } }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {trouble && !(item && isOnDevice) && <FormAlert tone="waiting">{t(`deviceTrouble.${trouble}`)}</FormAlert>}
      {item && isResumed && (
        <div className="device-resumed" role="status">
          <span>{t('device.resumed', { at: formatInstant(item.updatedAt) })}</span>
          <ConfirmButton question={t('device.reallyClear')} word={t('device.startAnew')} onConfirm={throwAway} />
        </div>
      )}
    </>
  );
}

type WhyProps = { item: Item };

/** Beside the button: why what was submitted is back on this page. */
export function WhyNotSent({ item: { failure, refused } }: WhyProps) {
  const { t } = useTranslation();
  if (refused) return <FormAlert>{refusalSentence(refused.code, refused.message)}</FormAlert>;
  if (failure === 'UNAUTHENTICATED') return <FormAlert tone="waiting">{t('device.sessionEnded')}</FormAlert>;
  return null;
}

import { Button } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import type { Item } from '@/shared/device/item';
import type { Writing } from '@/shared/device/useWriting';
import { codeSentence, refusalSentence } from '@/shared/failure';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { VisitFields } from './VisitFields';
import type { VisitBody } from './visitKind';
import './visits.css';

type Props = { item: Item<VisitBody>; writing: Writing<VisitBody>; onLeave: () => void; onAnother: () => void };

/** It was submitted and nobody knows yet that it is recorded: only the same may be sent, and it will be. */
export function VisitWaiting({ item, writing, onLeave, onAnother }: Props) {
  const { t } = useTranslation();
  const { isSending, isBehind, isOnDevice, submit, sendNow } = writing;
  const { title, body, failure, refused } = item;
  const sentence = refused ? refusalSentence(refused.code, refused.message) : failure && codeSentence(failure);
  const isHeldUp = !isSending && (sentence !== null || isBehind);
  return (
    <section className="visit" aria-label={t('visit.title')}>
      <h1>{title}</h1>
      <VisitFields body={body} isLocked onChange={() => undefined} />
      {isHeldUp && (
        <FormAlert tone={refused ? 'refused' : 'waiting'}>
          {sentence} {t(isOnDevice ? 'visit.kept' : 'visit.keptInPage')}
        </FormAlert>
      )}
      <Button
        block
        size="large"
        color="primary"
        loading={isSending}
        loadingText={t('device.sending')}
        onClick={() => (refused ? submit(body) : sendNow())}
      >
        {t('visit.sendAgain')}
      </Button>
      {isHeldUp && (
        <>
          <Button block size="large" onClick={onLeave}>
            {t('visit.leaveWaiting')}
          </Button>
          <button type="button" className="link" onClick={onAnother}>
            {t('visit.another')}
          </button>
        </>
      )}
    </section>
  );
}

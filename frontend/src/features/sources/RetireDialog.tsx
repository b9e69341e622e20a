import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bankDay } from '@/shared/format';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useProposeRetirement } from './useProposeRetirement';
import './sources.css';

type Props = { feed: string; source: string; onClose: () => void; onProposed: () => void };

const REASON_LENGTH = 500;

/** From a day on a source brings nothing more; what it brought stays. Another person decides. */
export function RetireDialog({ feed, source, onClose, onProposed }: Props) {
  const { t } = useTranslation();
  const today = bankDay(new Date());
  const [fromOn, setFromOn] = useState(today);
  const [reason, setReason] = useState('');
  const { retire, isWaiting, sentence } = useProposeRetirement(onProposed);
  return (
    <Modal
      open
      title={t('feeds.retireTitle', { source })}
      okText={t('feeds.send')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: isWaiting }}
      onOk={() => retire({ feed, source, fromOn, reason: reason.trim() })}
      onCancel={onClose}
    >
      <p className="dialog-lead">{t('feeds.retireWhat')}</p>
      <div className="source-form">
        <label htmlFor="source-retired">{t('feeds.retireFrom')}</label>
        <Input
          id="source-retired"
          type="date"
          value={fromOn}
          onChange={(event) => setFromOn(event.target.value || today)}
        />
        <label htmlFor="source-reason">{t('feeds.reason')}</label>
        <Input.TextArea
          id="source-reason"
          rows={3}
          maxLength={REASON_LENGTH}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}

import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from './FormAlert';

type Props = {
  title: string;
  /** What will happen, and what stays. */
  lead: string;
  reasonLabel: string;
  okWord: string;
  isWaiting: boolean;
  /** Why it was refused; the reason stays in the field. */
  sentence: string | null;
  onGive: (reason: string) => void;
  onClose: () => void;
};

const REASON_LENGTH = 200;

/** An act that wants a reason: what it does, the reason, and nothing before there is one. */
export function ReasonDialog({ title, lead, reasonLabel, okWord, isWaiting, sentence, onGive, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      title={title}
      okText={okWord}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: isWaiting }}
      onOk={() => onGive(reason.trim())}
      onCancel={onClose}
    >
      <p className="dialog-lead">{lead}</p>
      <Input.TextArea
        autoFocus
        className="dialog-text"
        rows={3}
        maxLength={REASON_LENGTH}
        showCount
        value={reason}
        aria-label={reasonLabel}
        placeholder={reasonLabel}
        onChange={(event) => setReason(event.target.value)}
      />
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}

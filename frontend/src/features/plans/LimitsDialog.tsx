import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import type { usePlanActs } from './usePlanActs';

type Props = { reason: string | null; acts: ReturnType<typeof usePlanActs>; onClose: () => void };

const LONGEST = 500;

/** Whether grids may lie across limits of towns and outlets: only for a reason, which stays with the plan. */
export function LimitsDialog({ reason: was, acts, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState(was ?? '');
  const send = async (given: string | null) => {
    if (await acts.carryOut({ act: { limits: { reason: given } } })) onClose();
  };
  return (
    <Modal
      open
      title={t('plans.limits')}
      okText={t('plans.limitsAllow')}
      cancelText={was ? t('plans.limitsForbid') : t('action.cancel')}
      okButtonProps={{ disabled: reason.trim() === '' || reason.trim() === was, loading: acts.isWaiting }}
      onOk={() => void send(reason.trim())}
      onCancel={onClose}
      cancelButtonProps={{ onClick: () => (was ? void send(null) : onClose()) }}
    >
      <p className="dialog-lead">{t('plans.limitsLead')}</p>
      <Input.TextArea
        autoFocus
        className="dialog-text"
        rows={3}
        maxLength={LONGEST}
        showCount
        value={reason}
        aria-label={t('plans.reason')}
        placeholder={t('plans.reason')}
        onChange={(event) => setReason(event.target.value)}
      />
      {acts.trouble && <FormAlert>{acts.trouble.sentence}</FormAlert>}
    </Modal>
  );
}

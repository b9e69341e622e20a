import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, bankDay } from '@/shared/format';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { Labelled } from './Labelled';
import { useGiveCustomer } from './useGiving';
import './ownership.css';

const USUAL_DAYS = 90;

type Props = { customerId: string; name: string; onClose: () => void; onGiven: () => void };

/** One customer to one person, for a reason, up to a day. */
export function GiveDialog({ customerId, name, onClose, onGiven }: Props) {
  const { t } = useTranslation();
  const today = bankDay(new Date());
  const [staffNumber, setStaffNumber] = useState('');
  const [reason, setReason] = useState('');
  const [toOn, setToOn] = useState(addDays(today, USUAL_DAYS));
  const { give, isWaiting, sentence } = useGiveCustomer(onGiven);
  return (
    <Modal
      open
      title={t('ownership.giveTitle', { name })}
      okText={t('ownership.give')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: staffNumber.trim() === '' || reason.trim() === '', loading: isWaiting }}
      onOk={() => give({ customerId, staffNumber: staffNumber.trim(), reason: reason.trim(), toOn })}
      onCancel={onClose}
    >
      <p className="dialog-lead">{t('ownership.giveLead')}</p>
      <div className="ownership-form">
        <Labelled id="give-number" label={t('ownership.number')} value={staffNumber} onChange={setStaffNumber} />
        <Labelled id="give-reason" label={t('ownership.reason')} value={reason} onChange={setReason} />
        <Labelled
          id="give-until"
          label={t('ownership.toOn')}
          type="date"
          min={addDays(today, 1)}
          value={toOn}
          onChange={(day) => setToOn(day || addDays(today, 1))}
        />
      </div>
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}

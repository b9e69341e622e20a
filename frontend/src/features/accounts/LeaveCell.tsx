import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, bankDay } from '@/shared/format';
import { ConfirmButton } from '@/shared/patterns/ConfirmButton';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useLeave } from './useLeave';
import './accounts.css';

type Staff = {
  readonly name: string;
  readonly number: string;
  readonly leave: { readonly from: string; readonly to: string | null | undefined } | null | undefined;
};
type Props = { staff: Staff; mayEnter: boolean; onDone: () => void };

/** When somebody is away, and the way to say so or to take it back. */
export function LeaveCell({ staff, mayEnter, onDone }: Props) {
  const { t } = useTranslation();
  const [isEntering, setEntering] = useState(false);
  const { end, sentence } = useLeave(onDone);
  if (staff.leave) {
    const { from, to } = staff.leave;
    return (
      <>
        <span className="number">{`${from} – ${to ?? ''}`}</span>{' '}
        {mayEnter && (
          <ConfirmButton
            word={t('accounts.endLeave')}
            question={t('accounts.endLeaveAsk')}
            onConfirm={() => end(staff.number)}
          />
        )}
        {sentence && <FormAlert>{sentence}</FormAlert>}
      </>
    );
  }
  if (!mayEnter) return null;
  return (
    <>
      <Button size="small" onClick={() => setEntering(true)}>
        {t('accounts.enterLeave')}
      </Button>
      {isEntering && (
        <LeaveDialog
          staff={staff}
          onClose={() => setEntering(false)}
          onDone={() => {
            setEntering(false);
            onDone();
          }}
        />
      )}
    </>
  );
}

type DialogProps = { staff: Staff; onClose: () => void; onDone: () => void };

function LeaveDialog({ staff, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const today = bankDay(new Date());
  const [fromOn, setFromOn] = useState(today);
  const [toOn, setToOn] = useState('');
  const { enter, isWaiting, sentence } = useLeave(onDone);
  return (
    <Modal
      open
      title={t('accounts.leaveTitle', { name: staff.name })}
      okText={t('accounts.enterLeave')}
      cancelText={t('action.cancel')}
      okButtonProps={{ loading: isWaiting }}
      onOk={() => enter({ staffNumber: staff.number, fromOn, toOn: toOn || null })}
      onCancel={onClose}
    >
      <p className="dialog-lead">{t('accounts.leaveLead')}</p>
      <label htmlFor="leave-from">{t('accounts.leaveFrom')}</label>
      <Input
        id="leave-from"
        type="date"
        min={today}
        value={fromOn}
        onChange={(event) => setFromOn(event.target.value || today)}
      />
      <label htmlFor="leave-to">{t('accounts.leaveTo')}</label>
      <Input
        id="leave-to"
        type="date"
        min={addDays(fromOn, 1)}
        value={toOn}
        onChange={(event) => setToOn(event.target.value)}
      />
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}

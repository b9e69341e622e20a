import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { CodeSlip } from './CodeSlip';
import { type Slip, useHandOut } from './useHandOut';
import './accounts.css';

type Props = {
  staff: { id: string; name: string };
  onClose: () => void;
  /** Once the slip was closed: before that nothing on the page may move, for the code is shown this once. */
  onHandedOut: () => void;
};

/** Asks once, hands the code out, and shows it this once, to be printed or read to its holder. */
export function HandOutDialog({ staff, onClose, onHandedOut }: Props) {
  const { t } = useTranslation();
  const [slip, setSlip] = useState<Slip | null>(null);
  const { handOut, isWaiting, sentence } = useHandOut(setSlip);
  if (slip) {
    return (
      <Modal
        open
        title={t('accounts.slipTitle')}
        onCancel={onHandedOut}
        mask={{ closable: false }}
        footer={[
          <Button key="print" onClick={() => window.print()}>
            {t('accounts.print')}
          </Button>,
          <Button key="close" type="primary" onClick={onHandedOut}>
            {t('accounts.close')}
          </Button>,
        ]}
      >
        <CodeSlip name={staff.name} slip={slip} />
        <p className="faint">{t('accounts.once')}</p>
      </Modal>
    );
  }
  return (
    <Modal
      open
      title={t('accounts.handOut')}
      okText={t('accounts.confirm')}
      cancelText={t('action.cancel')}
      okButtonProps={{ loading: isWaiting }}
      onOk={() => handOut(staff.id)}
      onCancel={onClose}
    >
      <p className="dialog-lead">{t('accounts.lead', { name: staff.name })}</p>
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}

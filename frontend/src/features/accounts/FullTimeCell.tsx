import { InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useFullTime } from './useFullTime';
import './accounts.css';

type Staff = { readonly name: string; readonly number: string; readonly fullTimePercent: number };
type Props = { staff: Staff; mayEnter: boolean; onDone: () => void };

const FULL_TIME = 100;

/** How much of full time somebody works, and the way to say so. */
export function FullTimeCell({ staff, mayEnter, onDone }: Props) {
  const { t } = useTranslation();
  const [isEntering, setEntering] = useState(false);
  const isPart = staff.fullTimePercent < FULL_TIME;
  const word = isPart ? `${staff.fullTimePercent}%` : t('accounts.isFullTime');
  if (!mayEnter) return <span className={isPart ? 'number' : 'faint'}>{word}</span>;
  return (
    <>
      <button
        type="button"
        className={isPart ? 'link number strong' : 'link'}
        title={t('accounts.setFullTime')}
        onClick={() => setEntering(true)}
      >
        {word}
      </button>
      {isEntering && (
        <FullTimeDialog
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

function FullTimeDialog({ staff, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const [percent, setPercent] = useState<number | null>(staff.fullTimePercent);
  const { set, isWaiting, sentence } = useFullTime(onDone);
  return (
    <Modal
      open
      title={t('accounts.fullTimeTitle', { name: staff.name })}
      okText={t('accounts.setFullTime')}
      cancelText={t('action.cancel')}
      okButtonProps={{ loading: isWaiting, disabled: percent === null || percent === staff.fullTimePercent }}
      onOk={() => set(staff.number, percent!)}
      onCancel={onClose}
    >
      <p className="dialog-lead">{t('accounts.fullTimeLead')}</p>
      <label htmlFor="full-time">{t('accounts.fullTimePercent')}</label>{' '}
      <InputNumber
        id="full-time"
        min={1}
        max={FULL_TIME}
        precision={0}
        suffix={t('unit.percent')}
        value={percent}
        onChange={setPercent}
      />
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}

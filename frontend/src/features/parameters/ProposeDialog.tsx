import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { ProposeDialog_parameter$key } from '@/__generated__/ProposeDialog_parameter.graphql';
import { addDays, bankDay } from '@/shared/format';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useCodeWord } from '@/shared/words';
import { BaseMapFields } from './BaseMapFields';
import { BASE_MAP } from './baseMapValue';
import { useProposeParameter } from './useProposeParameter';
import { useShownValue, useUnitWord } from './useShownValue';
import { fieldText, readValue } from './values';
import './parameters.css';

type Props = { parameter: ProposeDialog_parameter$key; onClose: () => void; onProposed: () => void };

const REASON_LENGTH = 500;

/** Another value from a day on, with a reason. Nothing changes until another person agrees. */
export function ProposeDialog({ parameter, onClose, onProposed }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const shown = useShownValue();
  const data = useFragment(
    graphql`
      fragment ProposeDialog_parameter on Parameter {
        name
        type
        unit
        value
        lowest
        highest
        allowed
      }
    `,
    parameter,
  );
  const earliest = addDays(bankDay(new Date()), 1);
  const [text, setText] = useState(() => fieldText(data.value, data));
  const [fromOn, setFromOn] = useState(earliest);
  const [reason, setReason] = useState('');
  const { propose, isWaiting, sentence } = useProposeParameter(() => {
    onProposed();
    onClose();
  });
  const value = readValue(text, data);
  const bounds = data.lowest != null && data.highest != null;
  const unit = useUnitWord()(data.unit);
  return (
    <Modal
      open
      title={t('parameters.proposeTitle', { name: word('parameter', data.name) })}
      okText={t('parameters.send')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: value === null || reason.trim() === '', loading: isWaiting }}
      onOk={() => propose({ name: data.name, value, fromOn, reason: reason.trim() })}
      onCancel={onClose}
    >
      <p className="dialog-lead">{t('parameters.proposeWhat', { value: shown(data.value, data) })}</p>
      <div className="parameter-form">
        {data.name !== BASE_MAP && <label htmlFor="parameter-value">{t('parameters.newValue')}</label>}
        {data.name === BASE_MAP ? (
          <BaseMapFields text={text} onText={setText} />
        ) : data.allowed.length > 0 ? (
          <Select
            id="parameter-value"
            mode="multiple"
            value={text === '' ? [] : text.split('、')}
            options={data.allowed.map((one) => ({ value: one, label: word('kind', one) }))}
            onChange={(chosen: string[]) => setText(chosen.join('、'))}
          />
        ) : (
          <Input id="parameter-value" value={text} suffix={unit} onChange={(event) => setText(event.target.value)} />
        )}
        {bounds && (
          <p className="faint parameter-hint">
            {t('parameters.bounds', { lowest: shown(data.lowest, data), highest: shown(data.highest, data) })}
            {data.type === 'LIST' && t('parameters.several')}
          </p>
        )}
        <label htmlFor="parameter-from">{t('parameters.from')}</label>
        <Input
          id="parameter-from"
          type="date"
          min={earliest}
          value={fromOn}
          onChange={(event) => setFromOn(event.target.value || earliest)}
        />
        <label htmlFor="parameter-reason">{t('parameters.reason')}</label>
        <Input.TextArea
          id="parameter-reason"
          className="dialog-text"
          rows={3}
          maxLength={REASON_LENGTH}
          showCount
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}

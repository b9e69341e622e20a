import { AutoComplete, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, bankDay } from '@/shared/format';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useCodeWord } from '@/shared/words';
import { useRenewSource } from './useRenewSource';
import './sources.css';

type Props = { feed: string; parties: readonly string[] | null; onClose: () => void; onDone: () => void };
type Basis = 'CONSENT' | 'CONTRACT' | 'LEGAL_DUTY' | 'PUBLIC';

const BASES: readonly Basis[] = ['CONSENT', 'CONTRACT', 'LEGAL_DUTY', 'PUBLIC'];
const LENGTH = 500;
const A_YEAR_DAYS = 365;

/** On what, for what, where a feed has `parties` of whom, by which document and until when. */
export function RenewDialog({ feed, parties, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const today = bankDay(new Date());
  const [basis, setBasis] = useState<Basis>('CONTRACT');
  const [toldBy, setToldBy] = useState('');
  const [purpose, setPurpose] = useState('');
  const [document, setDocument] = useState('');
  const [fromOn, setFromOn] = useState(today);
  const [untilOn, setUntilOn] = useState(addDays(today, A_YEAR_DAYS));
  const { renew, isWaiting, sentence } = useRenewSource(onDone);
  const party = parties === null ? null : toldBy.trim();
  const isWhole = party !== '' && purpose.trim() !== '' && document.trim() !== '' && fromOn <= untilOn;
  return (
    <Modal
      open
      title={t('feeds.renewTitle', { feed: word('feed', feed) })}
      okText={t('feeds.note')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: !isWhole, loading: isWaiting }}
      onOk={() =>
        renew({
          feed,
          basis,
          purpose: purpose.trim(),
          document: document.trim(),
          fromOn,
          untilOn,
          toldBy: party,
        })
      }
      onCancel={onClose}
    >
      <p className="dialog-lead">{t('feeds.renewWhat')}</p>
      <div className="source-form">
        {parties !== null && (
          <>
            <label htmlFor="source-party">{t('feeds.party')}</label>
            <AutoComplete
              id="source-party"
              value={toldBy}
              options={parties.map((one) => ({ value: one }))}
              placeholder={t('feeds.partyHint')}
              onChange={setToldBy}
            />
          </>
        )}
        <label htmlFor="source-basis">{t('feeds.ground')}</label>
        <Select
          id="source-basis"
          value={basis}
          options={BASES.map((one) => ({ value: one, label: word('sourceBasis', one) }))}
          onChange={setBasis}
        />
        <label htmlFor="source-purpose">{t('feeds.purpose')}</label>
        <Input.TextArea
          id="source-purpose"
          rows={2}
          maxLength={LENGTH}
          value={purpose}
          onChange={(event) => setPurpose(event.target.value)}
        />
        <label htmlFor="source-document">{t('feeds.document')}</label>
        <Input
          id="source-document"
          maxLength={LENGTH}
          value={document}
          onChange={(event) => setDocument(event.target.value)}
        />
        <label htmlFor="source-from">{t('feeds.firstDay')}</label>
        <Input
          id="source-from"
          type="date"
          value={fromOn}
          onChange={(event) => setFromOn(event.target.value || today)}
        />
        <label htmlFor="source-until">{t('feeds.lastDay')}</label>
        <Input
          id="source-until"
          type="date"
          min={today}
          value={untilOn}
          onChange={(event) => setUntilOn(event.target.value || today)}
        />
      </div>
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}

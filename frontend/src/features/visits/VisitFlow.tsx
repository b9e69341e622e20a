import { Button, TextArea } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { VisitFlow_customer$key } from '@/__generated__/VisitFlow_customer.graphql';
import type { VisitOutcome } from '@/__generated__/useRecordVisitMutation.graphql';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { RadioTiles } from '@/shared/patterns/RadioTiles';
import { type DevicePosition, usePosition } from '@/shared/usePosition';
import { useCodeWord } from '@/shared/words';
import { CheckIn } from './CheckIn';
import { NextVisit } from './NextVisit';
import { useRecordVisit } from './useRecordVisit';
import { VisitDone } from './VisitDone';
import './visits.css';

type Props = { customer: VisitFlow_customer$key; onLeave: () => void };

const OUTCOMES: readonly VisitOutcome[] = ['INTERESTED', 'FOLLOW_UP', 'NOT_NOW', 'REFUSED', 'NOT_FOUND'];
const NOTE_LENGTH = 1000;

/** Check in → outcome → note → next date → record. */
export function VisitFlow({ customer, onLeave }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { id, name } = useFragment(
    graphql`
      fragment VisitFlow_customer on Customer {
        id
        name
      }
    `,
    customer,
  );
  const { position, ask } = usePosition();
  const [startedAt, setStartedAt] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<VisitOutcome | null>(null);
  const [note, setNote] = useState('');
  const [nextOn, setNextOn] = useState<string | null>(null);
  const { recording, record, sendAgain, isWaiting } = useRecordVisit();

  if (recording.state === 'done') return <VisitDone visit={recording.visit} onLeave={onLeave} />;
  if (startedAt === null) {
    return (
      <CheckIn
        name={name}
        position={position}
        onAsk={() => ask((answer) => answer.state === 'known' && setStartedAt(new Date().toISOString()))}
        onWithout={() => setStartedAt(new Date().toISOString())}
      />
    );
  }
  const known: DevicePosition | null = position.state === 'known' ? position.position : null;
  const isUnanswered = recording.state === 'unanswered';
  return (
    <section className="visit" aria-label={t('visit.title')}>
      <p className="visit-place">
        <span className={known ? 'tag tag-done' : 'tag tag-waiting'}>
          {known ? t('visit.checkedIn') : t('visit.withoutPlace')}
        </span>
        {known?.accuracyM != null && (
          <span className="faint">{t('position.accuracy', { metres: Math.round(known.accuracyM) })}</span>
        )}
      </p>
      <fieldset disabled={isUnanswered}>
        <legend>{t('visit.outcome')}</legend>
        <RadioTiles
          label={t('visit.outcome')}
          value={outcome}
          options={OUTCOMES.map((code) => ({ value: code, label: word('outcome', code) }))}
          onChange={setOutcome}
        />
      </fieldset>
      <label className="field">
        <span>{t('visit.note')}</span>
        <TextArea
          value={note}
          onChange={setNote}
          maxLength={NOTE_LENGTH}
          showCount
          autoSize={{ minRows: 3, maxRows: 8 }}
          disabled={isUnanswered}
          placeholder={t('visit.noteHint')}
        />
      </label>
      <fieldset disabled={isUnanswered}>
        <legend>{t('visit.next')}</legend>
        <NextVisit value={nextOn} onChange={setNextOn} />
      </fieldset>
      {recording.sentence && (
        <FormAlert>
          {recording.sentence}
          {isUnanswered && ` ${t('visit.kept')}`}
        </FormAlert>
      )}
      {isUnanswered ? (
        <Button block size="large" color="primary" loading={isWaiting} onClick={sendAgain}>
          {t('visit.sendAgain')}
        </Button>
      ) : (
        <Button
          block
          size="large"
          color="primary"
          loading={isWaiting}
          disabled={outcome === null}
          onClick={() => {
            if (outcome) record({ customerId: id, startedAt, position: known, outcome, note, nextOn });
          }}
        >
          {outcome === null ? t('visit.chooseOutcome') : t('visit.record')}
        </Button>
      )}
    </section>
  );
}

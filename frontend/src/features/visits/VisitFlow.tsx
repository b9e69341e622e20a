import { Button, CalendarPicker, TextArea } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { VisitFlow_customer$key } from '@/__generated__/VisitFlow_customer.graphql';
import type { VisitOutcome } from '@/__generated__/useRecordVisitMutation.graphql';
import { addDays, bankDay } from '@/shared/format';
import { type DevicePosition, usePosition } from '@/shared/usePosition';
import { useCodeWord } from '@/shared/words';
import { CheckIn } from './CheckIn';
import { useRecordVisit } from './useRecordVisit';
import { VisitDone } from './VisitDone';
import './visits.css';

type Props = { customer: VisitFlow_customer$key; onLeave: () => void };

const OUTCOMES: readonly VisitOutcome[] = ['INTERESTED', 'FOLLOW_UP', 'NOT_NOW', 'REFUSED', 'NOT_FOUND'];
const NEXT_IN_DAYS = [7, 30, 90] as const;
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
  const [isPicking, setPicking] = useState(false);
  const { recording, record, sendAgain, isWaiting } = useRecordVisit();
  const today = bankDay(new Date());

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
        <div className="outcomes" role="radiogroup" aria-label={t('visit.outcome')}>
          {OUTCOMES.map((code) => (
            <button
              key={code}
              type="button"
              role="radio"
              aria-checked={outcome === code}
              className={outcome === code ? 'outcome outcome-chosen' : 'outcome'}
              onClick={() => setOutcome(code)}
            >
              {word('outcome', code)}
            </button>
          ))}
        </div>
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
        <div className="chips">
          <Chip isChosen={nextOn === null} onChoose={() => setNextOn(null)}>
            {t('visit.noNext')}
          </Chip>
          {NEXT_IN_DAYS.map((days) => (
            <Chip
              key={days}
              isChosen={nextOn === addDays(today, days)}
              onChoose={() => setNextOn(addDays(today, days))}
            >
              {t('visit.inDays', { days })}
            </Chip>
          ))}
          <Chip isChosen={isOtherDay(nextOn, today)} onChoose={() => setPicking(true)}>
            {t('visit.otherDay')}
          </Chip>
        </div>
        {nextOn && <p className="number">{t('visit.nextOn', { day: nextOn })}</p>}
      </fieldset>
      <CalendarPicker
        visible={isPicking}
        selectionMode="single"
        min={new Date(`${today}T00:00:00`)}
        max={new Date(`${addDays(today, 365)}T00:00:00`)}
        onClose={() => setPicking(false)}
        onConfirm={(day) => day && setNextOn(localDay(day))}
      />
      {recording.sentence && (
        <p role="alert" className="alert-line">
          {recording.sentence}
          {isUnanswered && ` ${t('visit.kept')}`}
        </p>
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

const localDay = (day: Date) =>
  `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
const isOtherDay = (day: string | null, today: string) =>
  day !== null && !NEXT_IN_DAYS.some((days) => addDays(today, days) === day);

type ChipProps = { isChosen: boolean; onChoose: () => void; children: React.ReactNode };

function Chip({ isChosen, onChoose, children }: ChipProps) {
  return (
    <button type="button" aria-pressed={isChosen} className={isChosen ? 'chip chip-chosen' : 'chip'} onClick={onChoose}>
      {children}
    </button>
  );
}

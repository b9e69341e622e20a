import { TextArea } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import type { VisitOutcome } from '@/__generated__/sendVisitMutation.graphql';
import { RadioTiles } from '@/shared/patterns/RadioTiles';
import { useCodeWord } from '@/shared/words';
import { NextVisit } from './NextVisit';
import type { VisitBody } from './visitKind';
import './visits.css';

type Props = { body: VisitBody; isLocked: boolean; onChange: (part: Partial<VisitBody>) => void };

const OUTCOMES: readonly VisitOutcome[] = ['INTERESTED', 'FOLLOW_UP', 'NOT_NOW', 'REFUSED', 'NOT_FOUND'];
const NOTE_LENGTH = 1000;

/** Place, outcome, note and next date; locked while only the same may be sent again. */
export function VisitFields({ body: { position, outcome, note, nextOn }, isLocked, onChange }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  return (
    <>
      <p className="visit-place">
        <span className={position ? 'tag tag-done' : 'tag tag-waiting'}>
          {position ? t('visit.checkedIn') : t('visit.withoutPlace')}
        </span>
        {position?.accuracyM != null && (
          <span className="faint">{t('position.accuracy', { metres: Math.round(position.accuracyM) })}</span>
        )}
      </p>
      <fieldset disabled={isLocked}>
        <legend>{t('visit.outcome')}</legend>
        <RadioTiles
          label={t('visit.outcome')}
          value={outcome}
          options={OUTCOMES.map((code) => ({ value: code, label: word('outcome', code) }))}
          onChange={(chosen) => onChange({ outcome: chosen })}
        />
      </fieldset>
      <label className="field">
        <span>{t('visit.note')}</span>
        <TextArea
          value={note}
          onChange={(text) => onChange({ note: text })}
          maxLength={NOTE_LENGTH}
          showCount
          autoSize={{ minRows: 3, maxRows: 8 }}
          disabled={isLocked}
          placeholder={t('visit.noteHint')}
        />
      </label>
      <fieldset disabled={isLocked}>
        <legend>{t('visit.next')}</legend>
        <NextVisit value={nextOn} onChange={(day) => onChange({ nextOn: day })} />
      </fieldset>
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { ImportHead_import$data, ImportHead_import$key } from '@/__generated__/ImportHead_import.graphql';
import { formatCount, formatInstant } from '@/shared/format';
import { useStatement } from '@/shared/statements/useStatement';
import { useCodeWord } from '@/shared/words';
import './opening.css';

type Props = { found: ImportHead_import$key; isOpen: boolean; onOpen: () => void };

const TAGS: Partial<Record<ImportHead_import$data['state'], string>> = {
  WAITING: 'tag tag-accent',
  REFUSED: 'tag tag-overdue',
  TRIED: 'tag tag-waiting',
  APPLIED: 'tag tag-done',
  UNDONE: 'tag',
};

/** One list: what it was called, who brought and who carried it out, and what it counted. */
export function ImportHead({ found, isOpen, onOpen }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const say = useStatement();
  const one = useFragment(
    graphql`
      fragment ImportHead_import on Import {
        state
        fileName
        newRows
        changedRows
        endedRows
        sameRows
        refusedRows
        isOfNight
        triedAt
        appliedAt
        undoneAt
        reason
        broughtBy {
          name
        }
        appliedBy {
          name
        }
        undoneBy {
          name
        }
        refusal {
          code
          ...useStatement_said
        }
        notes {
          ...useStatement_said
        }
      }
    `,
    found,
  );
  const who = (person: { name: string } | null | undefined, at: string, isOfNight = false) =>
    t('opening.who', {
      who: person?.name ?? t(isOfNight ? 'opening.night' : 'opening.operator'),
      at: formatInstant(at),
    });
  // What an operator carries out for a night has his reason; the night gives none.
  const isByNight = one.isOfNight && !one.reason;
  // Kept as sent back, by a person and not for what is in it.
  const isWithdrawn = one.refusal?.code === 'IMPORT_WITHDRAWN';
  const undone = isWithdrawn ? t('opening.isWithdrawn') : word('importState', 'UNDONE');
  const steps = [
    who(one.broughtBy, one.triedAt, one.isOfNight),
    ...(one.appliedAt ? [`${word('importState', 'APPLIED')} ${who(one.appliedBy, one.appliedAt, isByNight)}`] : []),
    ...(one.undoneAt ? [`${undone} ${who(one.undoneBy, one.undoneAt)}`] : []),
  ];
  // Nobody has anything to agree to.
  const hasNothing = one.state === 'TRIED' && one.newRows + one.changedRows + one.endedRows === 0;
  const counts = {
    newRows: formatCount(one.newRows),
    changedRows: formatCount(one.changedRows),
    endedRows: formatCount(one.endedRows),
    sameRows: formatCount(one.sameRows),
    refusedRows: formatCount(one.refusedRows),
  };
  return (
    <>
      <header className="import-head">
        <h3>{one.fileName}</h3>
        {hasNothing ? (
          <span className="tag">{t('opening.nothingToDo')}</span>
        ) : (
          <span className={isWithdrawn ? 'tag' : (TAGS[one.state] ?? 'tag')}>
            {isWithdrawn ? undone : word('importState', one.state)}
          </span>
        )}
        <span className="faint">{steps.join(' · ')}</span>
        {one.state !== 'WAITING' && one.state !== 'REFUSED' && (
          <button type="button" className="link" aria-expanded={isOpen} onClick={onOpen}>
            {t(isOpen ? 'opening.close' : 'opening.open')}
          </button>
        )}
      </header>
      {one.state === 'WAITING' && <p role="status">{t('opening.trying')}</p>}
      {one.refusal && !isWithdrawn && (
        <p role="alert" className="alert-line">
          {say(one.refusal)}
        </p>
      )}
      {one.state !== 'WAITING' && one.state !== 'REFUSED' && <p className="number">{t('opening.counts', counts)}</p>}
      {one.reason && <p className="faint">{one.reason}</p>}
      {one.notes.length > 0 && (
        <ul className="import-notes">
          {one.notes.map(say).map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

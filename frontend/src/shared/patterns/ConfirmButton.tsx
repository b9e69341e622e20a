import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = { word: string; question: string; onConfirm: () => void };

/** An act that cannot be undone: the button asks before it does anything, where it stands. */
export function ConfirmButton({ word, question, onConfirm }: Props) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <button type="button" className="small-button" onClick={() => setAsking(true)}>
        {word}
      </button>
    );
  }
  return (
    <span className="confirm" role="alertdialog" aria-label={question}>
      <span>{question}</span>
      <button type="button" className="small-button" onClick={onConfirm}>
        {t('action.confirm')}
      </button>
      <button type="button" className="small-button" autoFocus onClick={() => setAsking(false)}>
        {t('action.cancel')}
      </button>
    </span>
  );
}

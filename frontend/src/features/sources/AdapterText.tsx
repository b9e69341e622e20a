import { type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';
import './sources.css';

type Props = {
  text: string;
  /** Lines with something wrong, from 1. */
  wrong: ReadonlySet<number>;
  isLocked: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
  onChange: (text: string) => void;
};

/** A text with the numbers of its lines; the field is as high as the text, so that both stay side by side. */
export function AdapterText({ text, wrong, isLocked, field, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const lines = text.split('\n').length;
  return (
    <div className="adapter-text">
      <ol aria-hidden="true">
        {Array.from({ length: lines }, (_, at) => (
          <li key={at} className={wrong.has(at + 1) ? 'adapter-line-wrong' : ''}>
            {at + 1}
          </li>
        ))}
      </ol>
      <textarea
        id={id}
        ref={field}
        aria-label={t('feeds.text')}
        value={text}
        rows={lines}
        readOnly={isLocked}
        spellCheck={false}
        wrap="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

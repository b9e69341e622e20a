import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextDifference } from '@/shared/patterns/TextDifference';
import { useCodeWord } from '@/shared/words';
import './parameters.css';

type Content = { readonly text?: string | null; readonly from_on?: string | null };
type Props = { name: string; before: Content; after: Content };

/** What a description of a bank's own files would be: from which day on, and what its text changes. */
export function AdapterChange({ name, before, after }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const [isOpen, setOpen] = useState(false);
  const [feed = '', source = ''] = name.split('/');
  return (
    <>
      <h3>{t('parameters.adapter', { feed: word('feed', feed), source })}</h3>
      <p className="proposal-change">
        {after.text == null ? (
          <del>{t('parameters.adapterEnds', { day: after.from_on ?? '' })}</del>
        ) : (
          <>
            <ins>{t('parameters.adapterFrom', { day: after.from_on ?? '' })}</ins>
            <button type="button" className="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {t('parameters.adapterText')}
            </button>
          </>
        )}
      </p>
      {isOpen && after.text != null && <TextDifference before={before.text ?? ''} after={after.text} />}
    </>
  );
}

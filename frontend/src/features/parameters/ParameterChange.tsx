import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import { useShownValue } from './useShownValue';
import type { Kind } from './values';
import './parameters.css';

type Content = { readonly value?: unknown; readonly from_on?: string | null; readonly to_on?: string | null };
type Props = { name: string; kind: Kind; before: Content; after: Content };

/** What a parameter would be, and from when. */
export function ParameterChange({ name, kind, before, after }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const shown = useShownValue();
  const days = ({ from_on, to_on: to }: Content) => {
    const from = from_on ?? '';
    return to ? t('parameters.fromTo', { from, to }) : t('parameters.fromOn', { day: from });
  };
  return (
    <>
      <h3>{word('parameter', name)}</h3>
      <p className="proposal-change">
        <del>{shown(before.value, kind)}</del> <span aria-hidden>→</span> <ins>{shown(after.value, kind)}</ins>
        <span className="faint">
          {before.from_on && <del>{days(before)}</del>} {days(after)}
        </span>
      </p>
    </>
  );
}

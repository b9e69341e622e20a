import { useTranslation } from 'react-i18next';
import { type DifferentLine, textDifference } from '../textDifference';
import './difference.css';

type Props = { before: string; after: string };

const AROUND = 3;
const SIGNS = { same: ' ', added: '+', removed: '−' } as const;

/** Two versions of a text: what goes, what comes, and a few lines around it. */
export function TextDifference({ before, after }: Props) {
  const { t } = useTranslation();
  const lines = textDifference(before, after);
  const isNear = lines.map((_, at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== 'same'),
  );
  if (!isNear.some(Boolean)) return <p className="faint">{t('difference.none')}</p>;
  return (
    <pre className="difference" aria-label={t('difference.title')} tabIndex={0}>
      {lines.map((line, at) =>
        isNear[at] ? <Line key={at} line={line} /> : isNear[at - 1] || at === 0 ? <i key={at}>{'⋯\n'}</i> : null,
      )}
    </pre>
  );
}

function Line({ line: { kind, text } }: { line: DifferentLine }) {
  const shown = `${SIGNS[kind]} ${text}\n`;
  if (kind === 'added') return <ins>{shown}</ins>;
  return kind === 'removed' ? <del>{shown}</del> : <span>{shown}</span>;
}

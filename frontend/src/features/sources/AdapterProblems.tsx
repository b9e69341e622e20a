import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import type { Checked } from './useAdapterCheck';
import './sources.css';

type Props = { checked: Checked | null; onGoTo: (line: number) => void };

/** What is wrong with a text, line by line; each leads to its line. */
export function AdapterProblems({ checked, onGoTo }: Props) {
  const { t } = useTranslation();
  if (checked === null) return <p className="faint">{t('feeds.checking')}</p>;
  const { check, sentence } = checked;
  if (check === null) return <FormAlert>{sentence}</FormAlert>;
  if (check.problems.length === 0)
    return (
      <>
        <p className="good">{t('feeds.noProblems')}</p>
        <p className="faint">{t('feeds.fills', { count: check.columns.length, names: check.columns.join(', ') })}</p>
        {check.leftOut.length > 0 && <p className="faint">{t('feeds.leftOut', { names: check.leftOut.join(', ') })}</p>}
      </>
    );
  return (
    <>
      <p className="bad">{t('feeds.problems', { count: check.problems.length })}</p>
      <ul className="source-list">
        {check.problems.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            {line > 0 ? (
              <button type="button" className="link adapter-problem" onClick={() => onGoTo(line)}>
                {message}
              </button>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

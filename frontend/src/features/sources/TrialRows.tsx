import { useTranslation } from 'react-i18next';
import type { Trial } from './useTrial';
import './sources.css';

type Props = Pick<NonNullable<Trial['found']>, 'columns' | 'first' | 'aside'>;

const SHOWN = 4;

/** The first rows as read, one column a line, since twenty columns fit no screen; and the lines that would be set aside. */
export function TrialRows({ columns, first, aside }: Props) {
  const { t } = useTranslation();
  const rows = first.slice(0, SHOWN);
  return (
    <>
      {rows.length > 0 && (
        <>
          <h3>{t('feeds.firstRows')}</h3>
          <div className="trial-table" tabIndex={0}>
            <table className="trial-rows">
              <thead>
                <tr>
                  <th scope="col">{t('feeds.column')}</th>
                  {rows.map(({ line }) => (
                    <th key={line} scope="col">
                      {t('feeds.line', { line })}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {columns.map((column, at) => (
                  <tr key={column}>
                    <th scope="row">{column}</th>
                    {rows.map(({ line, values }) => (
                      <td key={line}>{values[at] ?? <span className="faint">–</span>}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {aside.length > 0 && (
        <>
          <h3>{t('feeds.wouldBeAside')}</h3>
          <ul className="source-list">
            {aside.map(({ line, raw, reasons }) => (
              <li key={line}>
                <strong>{t('feeds.line', { line })}</strong> {reasons.join(t('unit.statementSeparator'))}
                <code className="trial-raw">{raw}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

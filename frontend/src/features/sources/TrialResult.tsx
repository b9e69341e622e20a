import { useTranslation } from 'react-i18next';
import { formatCount, formatYuan } from '@/shared/format';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { TrialRows } from './TrialRows';
import { useTrial } from './useTrial';
import './sources.css';

/** What a worker read of a file by a text that is only being tried. */
export function TrialResult({ id }: { id: string }) {
  const { t } = useTranslation();
  const { trial, sentence } = useTrial(id);
  if (sentence) return <FormAlert>{sentence}</FormAlert>;
  if (trial === null || trial.state === 'WAITING')
    return (
      <p className="faint" role="status">
        {t('feeds.reading')}
      </p>
    );
  const { found } = trial;
  if (!found) return <FormAlert>{trial.refusal}</FormAlert>;
  return (
    <div className="trial" role="status">
      <p className={found.refused.length > 0 ? 'bad' : found.quarantined > 0 ? 'trial-some' : 'good'}>
        {t(
          found.refused.length > 0
            ? 'feeds.wouldRefuse'
            : found.quarantined > 0
              ? 'feeds.wouldSetAside'
              : 'feeds.wouldTake',
          {
            file: trial.fileName,
          },
        )}
      </p>
      <p className="number">
        {t('feeds.tried', {
          rows: formatCount(found.rows),
          loaded: formatCount(found.loaded),
          quarantined: formatCount(found.quarantined),
          skipped: formatCount(found.skipped),
        })}
        {found.amountFen != null && ` · ${t('feeds.amount', { amount: formatYuan(found.amountFen) })}`}
      </p>
      {[...found.refused, ...found.notes].map((one) => (
        <p key={one} className="trial-some">
          {one}
        </p>
      ))}
      {found.reasons.map((one) => (
        <p key={one} className="faint">
          {one}
        </p>
      ))}
      {found.unknown.length > 0 && (
        <>
          <h3>{t('feeds.unknown')}</h3>
          <ul className="trial-codes">
            {found.unknown.map(({ column, code, rows }) => (
              <li key={`${column} ${code}`}>{t('feeds.unknownCode', { column, code, count: rows })}</li>
            ))}
          </ul>
        </>
      )}
      <TrialRows columns={found.columns} first={found.first} aside={found.aside} />
      <p className="faint">{t('feeds.nothingStored')}</p>
    </div>
  );
}

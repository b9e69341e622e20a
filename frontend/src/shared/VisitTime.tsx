import { useTranslation } from 'react-i18next';
import { formatInstant } from './format';

const NOTED_FROM_MS = 5 * 60_000;

type Props = {
  countedAt: string;
  /** By the clock of the phone. */
  startedAt: string;
};

/** When a visit counts; beside it what the phone's clock said, where the two lie more than five minutes apart. */
export function VisitTime({ countedAt, startedAt }: Props) {
  const { t } = useTranslation();
  const isApart = Math.abs(Date.parse(startedAt) - Date.parse(countedAt)) > NOTED_FROM_MS;
  return (
    <>
      <span className="number">{formatInstant(countedAt)}</span>
      {isApart && ' '}
      {isApart && <span className="tag tag-waiting">{t('time.ofDevice', { at: formatInstant(startedAt) })}</span>}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { FailedNight_viewer$key } from '@/__generated__/FailedNight_viewer.graphql';
import { formatInstant } from '@/shared/format';
import { useStatement } from '@/shared/statements/useStatement';
import { useCodeWord } from '@/shared/words';

type Props = { viewer: FailedNight_viewer$key };

/** Over every page after a night that failed: where, since when and why, and which day's figures still hold. */
export function FailedNight({ viewer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const say = useStatement();
  const { dataDate, failedNight } = useFragment(
    graphql`
      fragment FailedNight_viewer on Viewer {
        dataDate
        failedNight {
          dataDate
          step
          failedAt
          reason {
            ...useStatement_said
          }
        }
      }
    `,
    viewer,
  );
  if (!failedNight) return null;
  const { dataDate: day, step, failedAt, reason } = failedNight;
  return (
    <p className="banner" role="status">
      <strong>
        {step ? t('nights.failedAt', { day, step: word('step', step) }) : t('nights.failedBefore', { day })}
      </strong>
      {failedAt && t('nights.failedSince', { at: formatInstant(failedAt) })}
      {reason && t('nights.failedWhy', { reason: say(reason) })}
      {dataDate && t('nights.stillHolds', { day: dataDate })}
    </p>
  );
}

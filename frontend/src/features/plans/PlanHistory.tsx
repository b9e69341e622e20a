import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { PlanHistory_changes$key } from '@/__generated__/PlanHistory_changes.graphql';
import { EmptyState } from '@/shared/EmptyState';
import { formatInstant } from '@/shared/format';
import { useCodeWord } from '@/shared/words';
import './plans.css';

/** Who did what, the last first. */
export function PlanHistory({ changes }: { changes: PlanHistory_changes$key }) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const data = useFragment(
    graphql`
      fragment PlanHistory_changes on PlanChange @relay(plural: true) {
        version
        act
        what
        ofVersion
        who
        mine
        at
      }
    `,
    changes,
  );
  if (data.length === 0) return <EmptyState title={t('plans.noChanges')} advice={t('plans.noChangesAdvice')} />;
  return (
    <ol className="plan-history">
      {data.map(({ version, act, what, ofVersion, who, mine, at }) => (
        <li key={version}>
          <span className="number faint">{version}</span> <strong>{word('planAct', act)}</strong>{' '}
          {ofVersion != null && t('plans.ofVersion', { version: ofVersion })} {word('balanceCharacter', what)}
          <br />
          <span className="faint">
            {mine ? t('plans.me') : who} · {formatInstant(at)}
          </span>
        </li>
      ))}
    </ol>
  );
}

import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { OldVisits_customer$key } from '@/__generated__/OldVisits_customer.graphql';
import { useCodeWord } from '@/shared/words';
import './customers.css';

type Props = { customer: OldVisits_customer$key };

/** What the bank's former system kept, each with its source: nobody made it here, and it counts for nobody. */
export function OldVisits({ customer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { oldVisits } = useFragment(
    graphql`
      fragment OldVisits_customer on Customer {
        oldVisits {
          source
          madeOn
          kind
          outcome
          byWhom
          content
        }
      }
    `,
    customer,
  );
  if (oldVisits.length === 0) return null;
  return (
    <details>
      <summary>{t('visits.old', { count: oldVisits.length })}</summary>
      <ol className="timeline">
        {oldVisits.map((one, index) => (
          <li key={index}>
            <p>
              <span className="number">{one.madeOn}</span>{' '}
              <strong>
                {one.outcome
                  ? word('outcome', one.outcome)
                  : t(one.kind === 'FILE' ? 'visits.oldFile' : 'visits.oldVisit')}
              </strong>{' '}
              <span className="faint">
                {t('visits.oldFrom', { source: one.source })}
                {one.byWhom && ` · ${one.byWhom}`}
              </span>
            </p>
            {one.content && <p>{one.content}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}

import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerDisagreements_customer$key } from '@/__generated__/CustomerDisagreements_customer.graphql';
import { useCodeWord } from '@/shared/words';
import './customers.css';

type Props = { customer: CustomerDisagreements_customer$key };

/** Where the bank's systems contradict each other, what each says, and what was kept. */
export function CustomerDisagreements({ customer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { disagreements } = useFragment(
    graphql`
      fragment CustomerDisagreements_customer on Customer {
        disagreements {
          field
          kept
          values {
            feed
            value
          }
        }
      }
    `,
    customer,
  );
  if (disagreements.length === 0) return <p className="faint">{t('sources.agree')}</p>;
  return (
    <ul className="disagreements">
      {disagreements.map(({ field, kept, values }) => (
        <li key={field}>
          <p>
            <strong>{word('field', field)}</strong> <span className="faint">{t('sources.kept')}</span> {kept}
          </p>
          <ul>
            {values.map(({ feed, value }, at) => (
              <li key={`${feed}-${at}`}>
                <span className="faint">{word('feed', feed)}</span> {value}
                {value === kept && <span className="tag tag-done">{t('sources.isKept')}</span>}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

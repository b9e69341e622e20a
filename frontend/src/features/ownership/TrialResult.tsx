import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { TrialResult_trial$key } from '@/__generated__/TrialResult_trial.graphql';
import { useCodeWord } from '@/shared/words';
import './ownership.css';

type Person = { readonly name: string; readonly number: string } | null | undefined;

/** What the next night would make of the rules: whom each has, and from whom to whom customers go. */
export function TrialResult({ trial }: { trial: TrialResult_trial$key }) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const data = useFragment(
    graphql`
      fragment TrialResult_trial on OwnershipTrial {
        day
        rules {
          code
          name
          holds
          has
        }
        overlaps {
          code
          customers
        }
        handovers {
          from {
            number
            name
          }
          to {
            number
            name
          }
          customers
        }
        changeHands
        withoutOwner
        givesToNobody
      }
    `,
    trial,
  );
  const person = (one: Person) => (one ? `${one.name} ${one.number}` : t('ownership.nobody'));
  return (
    <section className="trial" aria-live="polite">
      <h3>{t('ownership.trial', { day: data.day })}</h3>
      <p>
        {t('ownership.trialHands', { count: data.changeHands })} ·{' '}
        {t('ownership.trialNobody', { count: data.withoutOwner })}
      </p>
      {data.givesToNobody && <p className="tag tag-waiting">{t('ownership.trialFalls')}</p>}
      {data.overlaps.map(({ code, customers }) => (
        <p key={code} className="faint">
          {t('ownership.overlap', { count: customers, what: word('claim', code) })}
        </p>
      ))}
      <table className="trial-table">
        <thead>
          <tr>
            <th>{t('ownership.name')}</th>
            <th className="number">{t('ownership.holds')}</th>
            <th className="number">{t('ownership.has')}</th>
          </tr>
        </thead>
        <tbody>
          {data.rules.map(({ code, name, holds, has }) => (
            <tr key={code}>
              <td>
                {code} {name}
              </td>
              <td className="number">{holds.toLocaleString()}</td>
              <td className="number">{has.toLocaleString()}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.handovers.length > 0 && (
        <table className="trial-table">
          <thead>
            <tr>
              <th>{t('ownership.from')}</th>
              <th>{t('ownership.to')}</th>
              <th className="number">{t('ownership.customers')}</th>
            </tr>
          </thead>
          <tbody>
            {data.handovers.map(({ from, to, customers }) => (
              <tr key={`${from?.number} ${to?.number}`}>
                <td>{person(from)}</td>
                <td>{person(to)}</td>
                <td className="number">{customers.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

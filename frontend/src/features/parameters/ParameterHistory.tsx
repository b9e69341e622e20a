import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { ParameterHistory_parameter$key } from '@/__generated__/ParameterHistory_parameter.graphql';
import { useShownValue } from './useShownValue';
import './parameters.css';

type Props = { parameter: ParameterHistory_parameter$key };

/** All versions of a parameter, the latest day first: what, from when, who proposed, who agreed, and why. */
export function ParameterHistory({ parameter }: Props) {
  const { t } = useTranslation();
  const shown = useShownValue();
  const data = useFragment(
    graphql`
      fragment ParameterHistory_parameter on Parameter {
        type
        unit
        allowed
        history {
          value
          fromOn
          toOn
          proposal {
            id
            reason
            proposedBy {
              name
            }
            decidedBy {
              name
            }
          }
        }
      }
    `,
    parameter,
  );
  return (
    <ol className="parameter-history" aria-label={t('parameters.history')}>
      {data.history.map(({ value, fromOn, toOn, proposal }, place) => (
        <li key={proposal?.id ?? place}>
          <span className="number">
            {toOn ? t('parameters.fromTo', { from: fromOn, to: toOn }) : t('parameters.fromOn', { day: fromOn })}
          </span>
          <strong>{shown(value, data)}</strong>
          {proposal && (
            <span>
              {t('parameters.decidedBy', { one: proposal.proposedBy.name, other: proposal.decidedBy?.name ?? '' })}
              {': '}
              {proposal.reason}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

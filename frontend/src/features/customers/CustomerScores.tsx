import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerScores_customer$key } from '@/__generated__/CustomerScores_customer.graphql';
import { formatPercent } from '@/shared/format';
import { useCan } from '@/shared/session';
import { useStatement } from '@/shared/statements/useStatement';
import { useCodeWord } from '@/shared/words';
import { useExplainScore } from './useExplainScore';
import './customers.css';

type Props = { customer: CustomerScores_customer$key };

/** What the models say, with the three strongest reasons, or the way to get them. */
export function CustomerScores({ customer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const say = useStatement();
  const data = useFragment(
    graphql`
      fragment CustomerScores_customer on Customer {
        id
        scores {
          model
          version
          dataDate
          value
          band
          reasons {
            code
            ...useStatement_said
          }
        }
      }
    `,
    customer,
  );
  const canExplain = useCan('MODELS_EXPLAIN');
  const { explaining, explain } = useExplainScore(data.id);
  if (data.scores.length === 0) return <p className="faint">{t('scores.none')}</p>;
  return (
    <ul className="scores">
      {data.scores.map((score) => (
        <li key={score.model}>
          <div className="score-head">
            <strong>{word('model', score.model)}</strong>
            <span className="number score-value">{formatPercent(score.value)}%</span>
            <span className={score.band >= 5 ? 'tag tag-overdue' : score.band === 4 ? 'tag tag-waiting' : 'tag'}>
              {t('scores.band', { band: score.band })}
            </span>
            <span className="faint">{t('scores.from', { version: score.version, day: score.dataDate })}</span>
          </div>
          {score.reasons.length > 0 ? (
            <ol className="reasons">
              {score.reasons.map((reason) => (
                <li key={reason.code}>{say(reason)}</li>
              ))}
            </ol>
          ) : (
            <div className="explain" aria-live="polite">
              {explaining.state === 'waiting' ? (
                <span className="faint">{t('scores.explaining')}</span>
              ) : (
                <>
                  <span className="faint">
                    {explaining.state === 'late'
                      ? t('scores.late')
                      : explaining.state === 'refused'
                        ? explaining.sentence
                        : t('scores.unexplained')}
                  </span>
                  {canExplain && (
                    <button type="button" className="small-button" onClick={() => explain(score.model)}>
                      {t('scores.explain')}
                    </button>
                  )}
                </>
              )}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

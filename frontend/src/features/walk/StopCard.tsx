import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { StopCard_stop$key } from '@/__generated__/StopCard_stop.graphql';
import { useStatement } from '@/shared/statements/useStatement';
import { useCodeWord } from '@/shared/words';
import { seenSince } from './seenSince';
import './walk.css';

/** Not due by itself: a door that the walk passes. */
const DOOR_ON_THE_WAY = 'DUE_DOOR_ON_THE_WAY';

type Props = {
  stop: StopCard_stop$key;
  /** The day of the walk: what was due before it is overdue, and who was seen since is done. */
  walkOn: string;
  /** The bank day of this moment. */
  today: string;
  canVisit: boolean;
};

/** One stop: whom to see, why, what to say, three figures, and the way into the visit. */
export function StopCard({ stop, walkOn, today, canVisit }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const say = useStatement();
  const { order, reason, statement, figures, dueOn, standsInFor, customer } = useFragment(
    graphql`
      fragment StopCard_stop on Stop {
        order
        reason
        statement {
          code
          ...useStatement_said
        }
        figures {
          code
          ...useStatement_said
        }
        dueOn
        standsInFor {
          name
        }
        customer {
          id
          name
          kind
          tier
          address
          lastVisitOn
        }
      }
    `,
    stop,
  );
  const id = encodeURIComponent(customer.id);
  const seenOn = seenSince(customer.lastVisitOn, walkOn);
  const isDone = seenOn !== null;
  return (
    <article
      className={isDone ? 'stop stop-done' : 'stop'}
      aria-label={t('walk.stopOf', { order, name: customer.name })}
    >
      <span className="stop-order number" aria-hidden="true">
        {isDone ? '✓' : order}
      </span>
      <div className="stop-body">
        <Link to={`/customers/${id}`} className="stop-name">
          {customer.name}
        </Link>
        <p className="stop-tags">
          <span className={reason === 'LOAN_OVERDUE' ? 'tag tag-overdue' : 'tag tag-accent'}>
            {word('reasonTag', statement.code === DOOR_ON_THE_WAY ? statement.code : reason)}
          </span>
          {standsInFor && <span className="tag tag-waiting">{t('walk.standsInFor', { name: standsInFor.name })}</span>}
          {isDone && (
            <span className="tag tag-done">
              {seenOn === today ? t('walk.done') : t('walk.doneOn', { day: seenOn.slice(5) })}
            </span>
          )}
          {customer.tier === 'KEY' && <span className="tag">{word('tier', customer.tier)}</span>}
          {!isDone && dueOn && (
            <span className="faint number">
              {t(dueOn < walkOn ? 'walk.dueSince' : 'walk.dueOn', { day: dueOn.slice(5) })}
            </span>
          )}
        </p>
        <p>{say(statement)}</p>
        {figures.length > 0 && (
          <ul className="stop-figures">
            {figures.map((figure) => (
              <li key={figure.code}>{say(figure)}</li>
            ))}
          </ul>
        )}
        {customer.address && <p className="faint stop-address">{customer.address}</p>}
        {canVisit && !isDone && (
          <Link to={`/visit/${id}`} className="phone-button">
            {t('walk.visit')}
          </Link>
        )}
      </div>
    </article>
  );
}

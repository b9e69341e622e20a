import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { PostNotices_notices$key } from '@/__generated__/PostNotices_notices.graphql';
import { serverNow } from '@/relay/contact';
import { bankDay } from '@/shared/format';
import { Section } from '@/shared/Section';
import './grids.css';

type Props = { notices: PostNotices_notices$key };
type Notice = { kind: string; name: string; since: string; day: string | null };

const SHOWN = 20;

/** Grids without anybody, posts that stand empty, who is away, who has sat long enough: nothing where all is well. */
export function PostNotices({ notices }: Props) {
  const { t } = useTranslation();
  const data = useFragment(
    graphql`
      fragment PostNotices_notices on PostNotice @relay(plural: true) {
        kind
        grid {
          id
          code
          name
        }
        staff {
          id
          name
        }
        since
        dueOn
      }
    `,
    notices,
  );
  if (data.length === 0) return null;
  const today = bankDay(serverNow());
  return (
    <Section title={t('notices.title')}>
      <ul className="plain">
        {data.slice(0, SHOWN).map(({ kind, grid, staff, since, dueOn }) => {
          const notice = { kind, name: staff?.name ?? '', since: since ?? '', day: dueOn ?? null };
          return (
            <li key={`${kind}${grid?.id}`}>
              <span className={kind === 'NOBODY' ? 'tag tag-overdue' : 'tag tag-waiting'}>! {grid?.name}</span>{' '}
              {t(sentence(notice, today), { name: notice.name, since: notice.since, day: notice.day ?? '' })}
            </li>
          );
        })}
      </ul>
      {data.length > SHOWN && <p className="faint">{t('notices.more', { count: data.length - SHOWN })}</p>}
    </Section>
  );
}

function sentence({ kind, day }: Notice, today: string) {
  if (kind === 'AWAY') return day === null ? 'notices.AWAY' : 'notices.AWAY_UNTIL';
  if (kind === 'ROTATION') return day !== null && day <= today ? 'notices.ROTATION_DUE' : 'notices.ROTATION';
  return kind === 'NOBODY' ? 'notices.NOBODY' : 'notices.NOBODY_ON_A';
}

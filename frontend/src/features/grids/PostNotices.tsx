import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { PostNotices_notices$key } from '@/__generated__/PostNotices_notices.graphql';
import { serverNow } from '@/relay/contact';
import { bankDay } from '@/shared/format';
import { Section } from '@/shared/Section';
import { groupedNotices } from './groupedNotices';
import './grids.css';

type Props = { notices: PostNotices_notices$key };
type Notice = { kind: string; name: string; since: string; day: string | null };

/** The most pressing come first; the page is about the figures below. */
const SHOWN = 5;

/** Grids without anybody, posts that stand empty, who is away, who has sat long enough: nothing where all is well. */
export function PostNotices({ notices }: Props) {
  const { t } = useTranslation();
  const [showsAll, setShowsAll] = useState(false);
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
  const lines = groupedNotices(data);
  const shown = showsAll ? lines : lines.slice(0, SHOWN);
  return (
    <Section title={t('notices.title')}>
      <ul className="plain">
        {shown.map((line) => {
          const { kind, grid, staff, since, dueOn } = line[0]!;
          const notice = { kind, name: staff?.name ?? '', since: since ?? '', day: dueOn ?? null };
          const where = { grid: grid?.name ?? '', count: line.length };
          return (
            <li key={`${kind}${grid?.id}`}>
              <span className={kind === 'NOBODY' ? 'tag tag-overdue' : 'tag tag-waiting'}>
                ! {line.length === 1 ? where.grid : t('notices.grids', where)}
              </span>{' '}
              {t(sentence(notice, today), { name: notice.name, since: notice.since, day: notice.day ?? '' })}
            </li>
          );
        })}
      </ul>
      {shown.length < lines.length && (
        <button type="button" className="link" onClick={() => setShowsAll(true)}>
          {t('notices.more', { count: lines.length - shown.length })}
        </button>
      )}
    </Section>
  );
}

function sentence({ kind, day }: Notice, today: string) {
  if (kind === 'AWAY') return day === null ? 'notices.AWAY' : 'notices.AWAY_UNTIL';
  if (kind === 'ROTATION') return day !== null && day <= today ? 'notices.ROTATION_DUE' : 'notices.ROTATION';
  return kind === 'NOBODY' ? 'notices.NOBODY' : 'notices.NOBODY_ON_A';
}

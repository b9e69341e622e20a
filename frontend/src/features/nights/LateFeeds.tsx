import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { LateFeeds_viewer$key } from '@/__generated__/LateFeeds_viewer.graphql';
import { formatInstant } from '@/shared/format';
import { useCodeWord } from '@/shared/words';

type Props = { viewer: LateFeeds_viewer$key };

/** Over every page that rests on the files: which feed is late, since when, and what is older for want of it. */
export function LateFeeds({ viewer }: Props) {
  const { t, i18n } = useTranslation();
  const word = useCodeWord();
  const { lateFeeds } = useFragment(
    graphql`
      fragment LateFeeds_viewer on Viewer {
        lateFeeds {
          feed
          dataDate
          state
          dueAt
        }
      }
    `,
    viewer,
  );
  if (lateFeeds.length === 0) return null;
  const older = (feed: string) =>
    i18n.exists(`olderWithout.${feed}`)
      ? word('olderWithout', feed)
      : t('nights.olderWithout', { feed: word('feed', feed) });
  return (
    <p role="alert" className="banner">
      <strong>{t('nights.lateTitle')}</strong>{' '}
      {lateFeeds.map(({ feed, dataDate, state, dueAt }) => (
        <span key={feed}>
          {t(state === 'HELD' ? 'nights.heldFeed' : 'nights.lateFeed', {
            feed: word('feed', feed),
            at: dueAt ? formatInstant(dueAt) : '',
          })}
          {t('nights.whatIsOlder', { what: older(feed), day: dataDate ?? '' })}{' '}
        </span>
      ))}
      {t('nights.lateAdvice')}
    </p>
  );
}

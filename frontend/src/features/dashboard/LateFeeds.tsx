import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import type { Feed } from './FeedTable';

type Props = { feeds: readonly Feed[] };

/** Over everything else where a feed is late: which, since when, and what the figures rest on meanwhile. */
export function LateFeeds({ feeds }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const late = feeds.filter((feed) => feed.late);
  if (late.length === 0) return null;
  return (
    <p role="alert" className="banner">
      <strong>{t('dashboard.lateTitle')}</strong>{' '}
      {late
        .map(({ feed, dataDate, held: isHeld }) =>
          dataDate
            ? t(isHeld ? 'dashboard.heldFeed' : 'dashboard.lateFeed', { feed: word('feed', feed), day: dataDate })
            : t('dashboard.missingFeed', { feed: word('feed', feed) }),
        )
        .join(t('unit.listSeparator'))}
      {t('dashboard.lateAdvice')}
    </p>
  );
}

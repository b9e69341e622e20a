import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import './dashboard.css';

export type Feed = {
  readonly feed: string;
  readonly dataDate?: string | null;
  readonly late: boolean;
  readonly held: boolean;
};
type Props = { feeds: readonly Feed[] };

/** How new each feed is. */
export function FeedTable({ feeds }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('dashboard.feed')}</th>
          <th scope="col" className="right">
            {t('dashboard.newest')}
          </th>
          <th scope="col">{t('dashboard.state')}</th>
        </tr>
      </thead>
      <tbody>
        {feeds.map(({ feed, dataDate, late: isLate, held: isHeld }) => (
          <tr key={feed}>
            <th scope="row">{word('feed', feed)}</th>
            <td className="right number">{dataDate ?? '–'}</td>
            <td>
              {isLate || isHeld ? (
                <span className="tag tag-waiting">! {t(isHeld ? 'dashboard.held' : 'dashboard.late')}</span>
              ) : (
                <span className="tag tag-done">✓ {t('dashboard.onTime')}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

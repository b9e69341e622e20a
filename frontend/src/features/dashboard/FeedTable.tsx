import { useTranslation } from 'react-i18next';
import { formatInstant } from '@/shared/format';
import { useCodeWord } from '@/shared/words';
import './dashboard.css';

export type Feed = {
  readonly feed: string;
  readonly dataDate?: string | null;
  readonly state: string;
  readonly dueAt?: string | null;
};
type Props = { feeds: readonly Feed[] };

const STATE_TAGS: Record<string, string> = {
  ARRIVED: 'tag tag-done',
  LATE: 'tag tag-waiting',
  HELD: 'tag tag-waiting',
};

/** How new each feed is that ever came. A bank need not have all of the contract: the rest is one line. */
export function FeedTable({ feeds }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const come = feeds.filter(({ state }) => state !== 'NEVER');
  const others = feeds.length - come.length;
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
        {come.map(({ feed, dataDate, state, dueAt }) => (
          <tr key={feed}>
            <th scope="row">{word('feed', feed)}</th>
            <td className="right number">{dataDate ?? '–'}</td>
            <td>
              <span className={STATE_TAGS[state] ?? 'tag'}>
                {state === 'LATE' || state === 'HELD' ? '! ' : state === 'ARRIVED' ? '✓ ' : ''}
                {word('feedArrival', state)}
              </span>
              {(state === 'LATE' || state === 'EXPECTED') && dueAt && (
                <span className="faint"> {t('dashboard.dueAt', { at: formatInstant(dueAt) })}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
      {others > 0 && (
        <tfoot>
          <tr>
            <td colSpan={3} className="faint">
              {t('dashboard.neverCame', { count: others })}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatInstant } from '../format';
import type { Item, ItemState } from './item';
import { useDeviceView } from './deviceContext';
import { useSayItems } from './useSayItems';

type Props = { to: string };

/** What of this person's is not with the server yet, in words; nothing where all is. */
export function WaitingLine({ to }: Props) {
  const { t } = useTranslation();
  const say = useSayItems();
  const { items } = useDeviceView();
  const of = (state: ItemState) => items.filter((item) => item.state === state);
  const [waiting, refused, drafts] = [of('waiting'), of('refused'), of('draft')];
  if (waiting.length + refused.length + drafts.length === 0) return null;
  const lastTried = lastTry(waiting);
  return (
    <Link to={to} className="device-line" role="status">
      {waiting.length > 0 && (
        <span>
          {t('device.waiting', { what: say(waiting) })}
          {lastTried && <span className="faint"> {t('device.lastTried', { at: formatInstant(lastTried) })}</span>}
        </span>
      )}
      {refused.length > 0 && <span className="bad">{t('device.refused', { what: say(refused) })}</span>}
      {drafts.length > 0 && <span>{t('device.drafts', { what: say(drafts) })}</span>}
    </Link>
  );
}

const lastTry = (items: readonly Item[]) =>
  items.reduce<string | null>((last, { triedAt }) => (triedAt && triedAt > (last ?? '') ? triedAt : last), null);

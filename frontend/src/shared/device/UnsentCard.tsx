import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { codeSentence, refusalSentence } from '../failure';
import { formatInstant } from '../format';
import { ConfirmButton } from '../patterns/ConfirmButton';
import { useDevice } from './deviceContext';
import { isEditable, type Item } from './item';
import { useSayItems } from './useSayItems';

type Props = { item: Item; isSending: boolean };

/** One thing that is not with the server yet: about whom, why not, and what can be done. */
export function UnsentCard({ item, isSending }: Props) {
  const { t } = useTranslation();
  const device = useDevice();
  const say = useSayItems();
  const { key, title, subject, kind, state, refused, failure, triedAt, body } = item;
  return (
    <li className="card" aria-label={title}>
      <p className="card-head">
        <strong>{title}</strong>
        <span className="card-kind faint">{say([item])}</span>
      </p>
      <p className="faint number">{t('device.writtenAt', { at: formatInstant(item.begunAt) })}</p>
      {state === 'refused' && refused && <p className="bad">{refusalSentence(refused.code, refused.message)}</p>}
      {state === 'refused' && refused && !refused.isSure && <p>{t('device.unsure')}</p>}
      {state === 'waiting' && (
        <p>{triedAt ? t('device.lastTried', { at: formatInstant(triedAt) }) : t('device.notTried')}</p>
      )}
      {state === 'waiting' && failure && !isSending && <p className="faint">{codeSentence(failure)}</p>}
      {state === 'draft' && failure && <p>{t('device.sessionEnded')}</p>}
      <p className="device-ways">
        {state === 'refused' && (
          <button type="button" className="small-button" onClick={() => void device.submit(key, body)}>
            {t('device.tryAgain')}
          </button>
        )}
        {isEditable(item) && (
          <Link to={device.kindOf(kind)?.path(subject) ?? '/'} className="button-link">
            {t(state === 'draft' ? 'device.goOn' : 'device.edit')}
          </Link>
        )}
        {state !== 'waiting' && (
          <ConfirmButton
            word={t('device.throwAway')}
            question={t('device.reallyThrowAway')}
            onConfirm={() => void device.throwAway(key)}
          />
        )}
      </p>
    </li>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '../patterns/FormAlert';
import { useSession } from '../session';
import { useDevice, useDeviceView } from './deviceContext';
import { isUnsent } from './item';
import { useSayItems } from './useSayItems';

/** Signing out, with a word about what is not with the server yet. */
export function SignOutButton() {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const device = useDevice();
  const say = useSayItems();
  const unsent = useDeviceView().items.filter(isUnsent);
  const [isAsking, setAsking] = useState(false);
  if (!isAsking || unsent.length === 0) {
    return (
      <button
        type="button"
        className="phone-button"
        onClick={() => (unsent.length === 0 ? signOut() : setAsking(true))}
      >
        {t('action.signOut')}
      </button>
    );
  }
  const isKept = unsent.every(({ key }) => device.isOnDevice(key));
  return (
    <div className="sign-out" role="alertdialog" aria-label={t('action.signOut')}>
      <FormAlert tone={isKept ? 'waiting' : 'refused'}>
        {t(isKept ? 'device.signOutKept' : 'device.signOutLost', { what: say(unsent) })}
      </FormAlert>
      <button type="button" className="phone-button phone-button-strong" onClick={() => setAsking(false)}>
        {t('device.stay')}
      </button>
      <button type="button" className="phone-button" onClick={signOut}>
        {t('device.signOutAnyway')}
      </button>
    </div>
  );
}

import { type ReactNode, useEffect, useMemo } from 'react';
import { useRelayEnvironment } from 'react-relay';
import type { Environment } from 'relay-runtime';
import { markedPerson, markPerson } from '../person';
import { useSession } from '../session';
import { createDevice } from './device';
import { DeviceContext } from './deviceContext';
import { isUnsent, type Kind } from './item';

type Props = {
  kinds: readonly Kind[];
  /** The id of whoever the server takes this browser for. */
  askWho: (environment: Environment) => Promise<string | null>;
  children: ReactNode;
};

/** The store of whoever is signed in, for as long as he is. */
export function DeviceRoot({ kinds, askWho, children }: Props) {
  const environment = useRelayEnvironment();
  const { staffId } = useSession();
  const device = useMemo(() => {
    const isStillThere = async () => {
      if (markedPerson() === staffId) return true;
      if ((await askWho(environment)) !== staffId) {
        // Another page signed somebody else in: what is seen here is no longer for these eyes.
        window.location.reload();
        return false;
      }
      markPerson(staffId);
      return true;
    };
    return createDevice({ person: staffId, kinds, environment, isStillThere });
  }, [staffId, kinds, environment, askWho]);
  useEffect(() => device.start(), [device]);
  useEffect(() => {
    // Only where leaving loses words: what lies on the device is there again when the page is.
    const hold = (event: BeforeUnloadEvent) => {
      const { items } = device.view.now();
      if (items.some((item) => isUnsent(item) && !device.isOnDevice(item.key))) event.preventDefault();
    };
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, [device]);
  return <DeviceContext.Provider value={device}>{children}</DeviceContext.Provider>;
}

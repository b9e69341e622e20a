import { createContext, useContext } from 'react';
import type { Permission } from '@/__generated__/permission';

export type Session = {
  role: string;
  permissions: ReadonlySet<Permission>;
  /** The day of the newest finished night; null before the first one. */
  dataDate: string | null;
  tileVersion: string;
  staffId: string;
  staffName: string;
  staffNumber: string;
  orgUnitName: string;
  signOut: () => void;
};

export const SessionContext = createContext<Session | null>(null);

/** Who is signed in. What the server refuses it refuses; this only spares people doors that are closed to them. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is only for pages behind the sign-in');
  return session;
}

export function useCan(permission: Permission): boolean {
  return useSession().permissions.has(permission);
}

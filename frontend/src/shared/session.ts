import { createContext, useContext } from 'react';
import type { Permission } from '@/__generated__/permission';
import type { FailedNight_viewer$key } from '@/__generated__/FailedNight_viewer.graphql';
import type { LateFeeds_viewer$key } from '@/__generated__/LateFeeds_viewer.graphql';
import type { ScopeForm } from '@/__generated__/SessionRootQuery.graphql';

export type Session = {
  /** The code of his role, for its words alone: what is open to him is in the other fields. */
  role: string;
  permissions: ReadonlySet<Permission>;
  scope: ScopeForm;
  /** The day of the newest finished night; null before the first one. */
  dataDate: string | null;
  /** For the lines about a night that failed and feeds that are late. */
  viewer: (FailedNight_viewer$key & LateFeeds_viewer$key) | null;
  /** How many nights have come in since the page was opened; what was read before the last one is old. */
  nights: number;
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

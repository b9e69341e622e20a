import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { graphql, RelayEnvironmentProvider, useLazyLoadQuery, useMutation } from 'react-relay';
import type { Permission } from '@/__generated__/permission';
import type { SessionRootQuery } from '@/__generated__/SessionRootQuery.graphql';
import type { SessionRootSignOutMutation } from '@/__generated__/SessionRootSignOutMutation.graphql';
import { createEnvironment } from '@/relay/environment';
import { GraphQLFailure } from '@/relay/network';
import { ErrorBoundary } from '@/shared/ErrorBoundary';
import { markPerson } from '@/shared/person';
import { type Session, SessionContext } from '@/shared/session';
import { useNewsOfTheNight } from './useNewsOfTheNight';

type Props = {
  /** What a person sees who is not signed in; calls back when that has changed. */
  signIn: (onSignedIn: () => void) => ReactNode;
  waiting: ReactNode;
  failed: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
};

const SESSION = graphql`
  query SessionRootQuery {
    viewer {
      role
      permissions
      scope
      dataDate
      tileVersion
      ...FailedNight_viewer
      ...LateFeeds_viewer
      staff {
        id
        name
        number
      }
      orgUnit {
        name
      }
    }
  }
`;

/** One Relay environment a session; a session that ends takes everything read with it. */
export function SessionRoot({ signIn, waiting, failed, children }: Props) {
  const [generation, setGeneration] = useState(0);
  const [isSignedOut, setSignedOut] = useState(false);
  const begin = useCallback((signedOut: boolean) => {
    setSignedOut(signedOut);
    setGeneration((current) => current + 1);
  }, []);
  // A new generation is a new environment; the callback of an older one no longer counts.
  const environment = useMemo(
    () => createEnvironment(() => setSignedOut(true)),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [generation],
  );
  const door = signIn(() => begin(false));
  return (
    <RelayEnvironmentProvider environment={environment} key={generation}>
      {isSignedOut ? (
        door
      ) : (
        <ErrorBoundary
          resetKey={String(generation)}
          fallback={(error) =>
            error instanceof GraphQLFailure && error.code === 'UNAUTHENTICATED'
              ? door
              : failed(error, () => begin(false))
          }
        >
          <Suspense fallback={waiting}>
            <SignedIn door={door} onSignedOut={() => begin(true)}>
              {children}
            </SignedIn>
          </Suspense>
        </ErrorBoundary>
      )}
    </RelayEnvironmentProvider>
  );
}

type SignedInProps = { door: ReactNode; onSignedOut: () => void; children: ReactNode };

function SignedIn({ door, onSignedOut, children }: SignedInProps) {
  const { viewer } = useLazyLoadQuery<SessionRootQuery>(SESSION, {}, { fetchPolicy: 'store-or-network' });
  const nights = useNewsOfTheNight(SESSION, viewer?.dataDate);
  const [commitSignOut] = useMutation<SessionRootSignOutMutation>(graphql`
    mutation SessionRootSignOutMutation {
      signOut
    }
  `);
  const signOut = useCallback(() => {
    // Whatever the server says, this browser shows nothing of the person any more.
    commitSignOut({ variables: {}, onCompleted: onSignedOut, onError: onSignedOut });
  }, [commitSignOut, onSignedOut]);
  const session = useMemo<Session | null>(
    () =>
      viewer
        ? {
            role: viewer.role,
            scope: viewer.scope,
            // One that is newer than these pages opens none of them.
            permissions: new Set(viewer.permissions as readonly Permission[]),
            dataDate: viewer.dataDate ?? null,
            viewer,
            nights,
            tileVersion: viewer.tileVersion,
            staffId: viewer.staff.id,
            staffName: viewer.staff.name,
            staffNumber: viewer.staff.number,
            orgUnitName: viewer.orgUnit.name,
            signOut,
          }
        : null,
    [viewer, nights, signOut],
  );
  useEffect(() => {
    if (!session) return undefined;
    markPerson(session.staffId);
    // A page that comes back from the browser's cache after signing out must ask again who is there.
    const check = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    window.addEventListener('pageshow', check);
    return () => window.removeEventListener('pageshow', check);
  }, [session]);
  if (!session) return <>{door}</>;
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

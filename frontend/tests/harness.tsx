import { render } from '@testing-library/react';
import { type ReactNode, Suspense } from 'react';
import { RelayEnvironmentProvider } from 'react-relay';
import { MemoryRouter } from 'react-router';
import { createMockEnvironment } from 'relay-test-utils';
import { VISITS } from '@/features/visits/visitKind';
import { DeviceRoot } from '@/shared/device/DeviceRoot';
import { type Session, SessionContext } from '@/shared/session';

const KINDS = [VISITS];

export const SESSION: Session = {
  role: 'CUSTOMER_MANAGER',
  permissions: new Set(['CUSTOMERS_VIEW', 'GRIDS_VIEW', 'TASKS_VIEW_WALK', 'TASKS_RECORD_VISIT', 'MODELS_EXPLAIN']),
  scope: 'GRIDS',
  dataDate: '2026-11-20',
  viewer: null,
  nights: 0,
  tileVersion: 'v1',
  staffId: 'Staff:5',
  staffName: '周明',
  staffNumber: '8005',
  orgUnitName: '阜城支行',
  signOut: () => undefined,
};

type MockEnvironment = ReturnType<typeof createMockEnvironment>;

/** Renders something as a page would: with a mock of the server, an address and somebody signed in. */
export function renderPage(
  page: ReactNode,
  {
    session = {},
    at = '/',
    environment = createMockEnvironment(),
  }: {
    session?: Partial<Session>;
    at?: string;
    environment?: MockEnvironment;
  } = {},
) {
  const view = render(
    <RelayEnvironmentProvider environment={environment}>
      <SessionContext.Provider value={{ ...SESSION, ...session }}>
        <DeviceRoot kinds={KINDS} askWho={async () => session.staffId ?? SESSION.staffId}>
          <MemoryRouter initialEntries={[at]}>
            <Suspense fallback="…">{page}</Suspense>
          </MemoryRouter>
        </DeviceRoot>
      </SessionContext.Provider>
    </RelayEnvironmentProvider>,
  );
  return { ...view, environment };
}

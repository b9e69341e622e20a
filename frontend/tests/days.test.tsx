import { act, render, screen, waitFor } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import type { createMockEnvironment } from 'relay-test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SessionRoot } from '@/features/session/SessionRoot';
import { TodayRoute } from '@/h5/routes/TodayRoute';
import { PhonePages } from '@/h5/PhonePages';
import { addDays, bankDay } from '@/shared/format';
import { VisitTime } from '@/shared/VisitTime';
import { renderPage } from './harness';

afterEach(() => vi.useRealTimers());

const TODAY = bankDay(new Date());
const YESTERDAY = addDays(TODAY, -1);

const stop = (order: number, lastVisitOn: string | null) => ({
  order,
  reason: 'CADENCE',
  statement: { __typename: 'Statement', code: 'DUE_NEVER_VISITED', values: [{ name: 'tier', text: 'KEY' }] },
  figures: [],
  dueOn: null,
  customer: {
    __typename: 'Customer',
    id: `Customer:${order}`,
    name: `客户${order}`,
    kind: 'PERSON',
    tier: 'KEY',
    address: null,
    lastVisitOn,
  },
});

describe('a walk', () => {
  const open = async (date: string, stops: object[]) => {
    const { environment } = renderPage(<TodayRoute />);
    act(() => environment.mock.resolveMostRecentOperation({ data: { today: { date, lengthM: 900, stops } } }));
    return screen.findAllByRole('article');
  };

  it('shows the day that it was planned for', async () => {
    await open(TODAY, [stop(1, null)]);
    expect(screen.getByText(`${TODAY} 的行程`)).toBeTruthy();
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('says that it is of another day, and counts whoever was seen since', async () => {
    const stops = await open(YESTERDAY, [stop(1, YESTERDAY), stop(2, TODAY), stop(3, addDays(YESTERDAY, -1))]);
    expect(screen.getByRole('status').textContent).toContain(`${YESTERDAY} 排定的行程`);
    expect(stops[0]!.textContent).toContain(`${YESTERDAY.slice(5)} 已走访`);
    expect(stops[1]!.textContent).toContain('今天已走访');
    expect(stops[2]!.textContent).toContain('开始走访');
  });
});

describe('the time of a visit', () => {
  const shown = (startedAt: string) =>
    render(<VisitTime countedAt="2026-11-21T01:00:00Z" startedAt={startedAt} />).container.textContent;

  it('is the one that counts, and the clock of the phone beside it where they lie apart', () => {
    expect(shown('2026-11-21T01:06:00Z')).toBe('2026-11-21 09:00 设备时间 2026-11-21 09:06');
  });

  it('is alone where they agree within five minutes', () => {
    expect(shown('2026-11-21T00:55:00Z')).toBe('2026-11-21 09:00');
  });
});

const viewer = (dataDate: string, failedNight: object | null = null, permissions: string[] = []) => ({
  data: {
    viewer: {
      role: 'CUSTOMER_MANAGER',
      permissions,
      scope: 'GRIDS',
      dataDate,
      tileVersion: 'v1',
      failedNight,
      lateFeeds: [],
      staff: { __typename: 'Staff', id: 'Staff:5', name: '周明', number: '8005' },
      orgUnit: { __typename: 'OrgUnit', id: 'OrgUnit:1', name: '阜城支行' },
    },
  },
});
const FAILED = {
  dataDate: '2026-11-22',
  step: 'own',
  failedAt: '2026-11-22T17:42:00Z',
  reason: { __typename: 'Statement', code: 'DISK_FULL', values: [] },
};

const environments = vi.hoisted(() => [] as ReturnType<typeof createMockEnvironment>[]);
vi.mock('@/relay/environment', async () => {
  const { createMockEnvironment: make } = await import('relay-test-utils');
  return {
    createEnvironment: () => {
      environments.push(make());
      return environments.at(-1);
    },
  };
});

describe('a page that was opened before the night', () => {
  it('asks anew for what it had read of the day before, and for nothing when the day is the same', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-21T10:00:00Z') });
    render(
      <MemoryRouter initialEntries={['/me']}>
        <SessionRoot signIn={() => null} waiting={null} failed={() => null}>
          <PhonePages />
        </SessionRoot>
      </MemoryRouter>,
    );
    const { mock } = environments.at(-1)!;
    const asked = () => mock.getAllOperations().map(({ request }) => request.node.operation.name);
    const grids = { data: { viewer: { grids: [] } } };
    act(() => mock.resolveMostRecentOperation(viewer('2026-11-20', null, ['GRIDS_VIEW'])));
    await waitFor(() => expect(asked()).toEqual(['MeRouteQuery']));
    act(() => mock.resolveMostRecentOperation(grids));
    await screen.findByText('您名下还没有网格。');
    const comeBack = (at: string, dataDate: string) => {
      vi.setSystemTime(new Date(at));
      act(() => void document.dispatchEvent(new Event('visibilitychange')));
      expect(asked()).toEqual(['SessionRootQuery']);
      act(() => mock.resolveMostRecentOperation(viewer(dataDate, null, ['GRIDS_VIEW'])));
    };
    comeBack('2026-11-21T12:00:00Z', '2026-11-20');
    expect(asked()).toEqual([]);
    comeBack('2026-11-22T01:00:00Z', '2026-11-21');
    await waitFor(() => expect(asked()).toEqual(['MeRouteQuery']));
  });

  it('shows its data date when somebody comes back to it, or where, since when and why it failed', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-21T10:00:00Z') });
    render(
      <MemoryRouter>
        <SessionRoot signIn={() => null} waiting={null} failed={() => null}>
          <PhonePages />
        </SessionRoot>
      </MemoryRouter>,
    );
    const { mock } = environments.at(-1)!;
    act(() => mock.resolveMostRecentOperation(viewer('2026-11-20')));
    expect(await screen.findByText('2026-11-20')).toBeTruthy();
    const comeBack = () => act(() => void document.dispatchEvent(new Event('visibilitychange')));
    comeBack();
    expect(mock.getAllOperations(), 'asked a moment ago').toHaveLength(0);
    vi.setSystemTime(new Date('2026-11-22T00:00:00Z'));
    comeBack();
    act(() => mock.resolveMostRecentOperation(viewer('2026-11-21')));
    expect(await screen.findByText('2026-11-21')).toBeTruthy();
    vi.setSystemTime(new Date('2026-11-23T00:00:00Z'));
    comeBack();
    act(() => mock.resolveMostRecentOperation(viewer('2026-11-21', FAILED)));
    const told = (await screen.findByRole('status')).textContent;
    expect(told).toContain('2026-11-22 的夜间批处理停在“归属网格与主办”一步，自 2026-11-23 01:42 起。');
    expect(told).toContain('原因：数据库所在的磁盘已满');
    expect(told).toContain('仍是 2026-11-21 的');
  });
});

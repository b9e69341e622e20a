import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VisitRoute } from '@/h5/routes/VisitRoute';
import { GraphQLFailure } from '@/relay/network';
import { renderPage } from './harness';

type Locate = Geolocation['getCurrentPosition'];
const located = (locate: Locate) =>
  vi.stubGlobal('navigator', { ...navigator, geolocation: { getCurrentPosition: locate } });
const at =
  (longitude: number, latitude: number, accuracy: number): Locate =>
  (found) =>
    found({ coords: { longitude, latitude, accuracy } } as GeolocationPosition);
const failing =
  (code: number): Locate =>
  (_, failed) =>
    failed?.({ code } as GeolocationPositionError);

function openVisit() {
  const { environment } = renderPage(
    <Routes>
      <Route path="/visit/:id" element={<VisitRoute />} />
      <Route path="/" element={<p>今日</p>} />
    </Routes>,
    { at: '/visit/Customer%3A7' },
  );
  act(() =>
    environment.mock.resolveMostRecentOperation({
      data: { customer: { __typename: 'Customer', id: 'Customer:7', name: '王桂兰' } },
    }),
  );
  return environment;
}

const chooseAndSend = async () => {
  await userEvent.click(await screen.findByRole('radio', { name: '有意向' }));
  await userEvent.click(screen.getByRole('button', { name: '提交走访记录' }));
};
const inputOf = (environment: ReturnType<typeof openVisit>) =>
  environment.mock.getMostRecentOperation().request.variables.input as Record<string, unknown>;
const success = {
  data: {
    recordVisit: {
      __typename: 'RecordVisitSuccess',
      visit: {
        id: 'Visit:1',
        countedAt: '2026-11-21T01:00:00Z',
        startedAt: '2026-11-21T01:00:00Z',
        outcome: 'INTERESTED',
        distanceM: 128.4,
        nextOn: null,
        customer: { id: 'Customer:7', name: '王桂兰', lastVisitOn: '2026-11-21', dueOn: null },
      },
    },
  },
};

beforeEach(() => located(at(119.8, 33.78, 12.3)));
afterEach(() => located(at(0, 0, 0)));

describe('a visit', () => {
  it('records the position with its datum and accuracy, the outcome and nothing that was not entered', async () => {
    const environment = openVisit();
    await userEvent.click(await screen.findByRole('button', { name: '签到' }));
    await chooseAndSend();
    expect(inputOf(environment)).toMatchObject({
      customerId: 'Customer:7',
      outcome: 'INTERESTED',
      note: null,
      nextOn: null,
      point: { lonDeg: 119.8, latDeg: 33.78, accuracyM: 12.3, datum: 'WGS84' },
    });
    expect(inputOf(environment).idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
    act(() => environment.mock.resolveMostRecentOperation(success));
    const done = await screen.findByRole('status');
    expect(done.textContent).toContain('128 米');
    await userEvent.click(within(done).getByRole('button', { name: '回到今日行程' }));
    expect(await screen.findByText('今日')).toBeTruthy();
  });

  it.each([
    [1, '没有定位权限'],
    [3, '十秒内没有定到位置'],
    [2, '给不出位置'],
  ])('says why there is no position (%d) and goes on without one', async (code, sentence) => {
    located(failing(code));
    const environment = openVisit();
    await userEvent.click(await screen.findByRole('button', { name: '签到' }));
    expect((await screen.findByRole('alert')).textContent).toContain(sentence);
    await userEvent.click(screen.getByRole('button', { name: '不带位置，继续走访' }));
    await chooseAndSend();
    expect(inputOf(environment).point).toBeNull();
  });

  it('sends the same bytes under the same key when no answer came', async () => {
    const environment = openVisit();
    await userEvent.click(await screen.findByRole('button', { name: '签到' }));
    await chooseAndSend();
    const first = inputOf(environment);
    act(() => environment.mock.rejectMostRecentOperation(new GraphQLFailure('NETWORK', 'x')));
    expect((await screen.findByRole('alert')).textContent).toContain('重发不会产生重复记录');
    await userEvent.click(screen.getByRole('button', { name: '重新发送' }));
    expect(inputOf(environment)).toEqual(first);
  });

  it('takes a new key after a refusal, and keeps what was entered', async () => {
    const environment = openVisit();
    await userEvent.click(await screen.findByRole('button', { name: '签到' }));
    await userEvent.type(await screen.findByRole('textbox'), '想了解定期');
    await chooseAndSend();
    const first = inputOf(environment);
    act(() =>
      environment.mock.resolveMostRecentOperation({
        data: { recordVisit: { __typename: 'VisitNotRecorded', code: 'NEXT_DATE_IN_PAST', message: 'x' } },
      }),
    );
    expect((await screen.findByRole('alert')).textContent).toContain('下次走访日期早于今天');
    await userEvent.click(screen.getByRole('button', { name: '提交走访记录' }));
    expect(inputOf(environment)).toMatchObject({ note: '想了解定期', outcome: 'INTERESTED' });
    expect(inputOf(environment).idempotencyKey).not.toBe(first.idempotencyKey);
  });
});

import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VisitRoute } from '@/h5/routes/VisitRoute';
import { GraphQLFailure } from '@/relay/network';
import { me, wipe } from './device/pages';
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
  const view = renderPage(
    <Routes>
      <Route path="/visit/:id" element={<VisitRoute />} />
      <Route path="/" element={<p>今日</p>} />
    </Routes>,
    { at: '/visit/Customer%3A7', session: { staffId: me() } },
  );
  const { environment } = view;
  act(() =>
    environment.mock.resolveMostRecentOperation({
      data: { customer: { __typename: 'Customer', id: 'Customer:7', name: '王桂兰' } },
    }),
  );
  return { environment, leave: view.unmount };
}

const chooseAndSend = async () => {
  await userEvent.click(await screen.findByRole('radio', { name: '有意向' }));
  await userEvent.click(screen.getByRole('button', { name: '提交走访记录' }));
};
/** The visit on its way to the server. */
const sent = (environment: ReturnType<typeof openVisit>['environment']) =>
  waitFor(() => {
    const operation = environment.mock.getMostRecentOperation();
    expect(operation.request.node.operation.name).toBe('sendVisitMutation');
    return inputOf(environment);
  });
const inputOf = (environment: ReturnType<typeof openVisit>['environment']) =>
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
afterEach(async () => {
  located(at(0, 0, 0));
  await wipe();
});

describe('a visit', () => {
  it('records the position with its datum and accuracy, the outcome and nothing that was not entered', async () => {
    const { environment } = openVisit();
    await userEvent.click(await screen.findByRole('button', { name: '签到' }));
    await chooseAndSend();
    await sent(environment);
    expect(inputOf(environment)).toMatchObject({
      customerId: 'Customer:7',
      outcome: 'INTERESTED',
      note: null,
      nextOn: null,
      point: { lonDeg: 119.8, latDeg: 33.78, accuracyM: 12.3, datum: 'WGS84' },
    });
    expect(inputOf(environment).idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
    act(() => environment.mock.resolveMostRecentOperation(success));
    const done = (await screen.findByRole('heading', { name: '走访已记录' })).closest('section')!;
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
    const { environment } = openVisit();
    await userEvent.click(await screen.findByRole('button', { name: '签到' }));
    expect((await screen.findByRole('alert')).textContent).toContain(sentence);
    await userEvent.click(screen.getByRole('button', { name: '不带位置，继续走访' }));
    await chooseAndSend();
    expect((await sent(environment)).point).toBeNull();
  });

  it('takes no position that comes after it was decided to go without one', async () => {
    let answer: (() => void) | undefined;
    located((found) => {
      answer = () => at(119.8, 33.78, 12.3)(found);
    });
    const { environment } = openVisit();
    await userEvent.click(await screen.findByRole('button', { name: '签到' }));
    await userEvent.click(screen.getByRole('button', { name: '不带位置，继续走访' }));
    expect(await screen.findByText('! 未带位置')).toBeTruthy();
    act(() => answer!());
    expect(screen.getByText('! 未带位置')).toBeTruthy();
    await chooseAndSend();
    expect((await sent(environment)).point).toBeNull();
  });

  it('is not begun by a position that comes after the page was left', async () => {
    let answer: (() => void) | undefined;
    located((found) => {
      answer = () => at(119.8, 33.78, 12.3)(found);
    });
    const { leave } = openVisit();
    await userEvent.click(await screen.findByRole('button', { name: '签到' }));
    leave();
    answer!();
    openVisit();
    expect(await screen.findByRole('button', { name: '签到' })).toBeTruthy();
  });

  it('sends the same bytes under the same key when no answer came', async () => {
    const { environment } = openVisit();
    await userEvent.click(await screen.findByRole('button', { name: '签到' }));
    await chooseAndSend();
    const first = await sent(environment);
    act(() => environment.mock.rejectMostRecentOperation(new GraphQLFailure('NETWORK', 'x')));
    expect((await screen.findByRole('alert')).textContent).toContain('重发不会产生重复记录');
    await userEvent.click(screen.getByRole('button', { name: '重新发送' }));
    expect(await sent(environment)).toEqual(first);
  });

  it('is there again when its page was left while it was written', async () => {
    const { leave } = openVisit();
    await userEvent.click(await screen.findByRole('button', { name: '签到' }));
    await userEvent.type(await screen.findByRole('textbox'), '想了解定期');
    await userEvent.click(screen.getByRole('radio', { name: '需跟进' }));
    await userEvent.click(screen.getByRole('button', { name: '7 天后' }));
    leave();
    openVisit();
    expect((await screen.findByRole<HTMLTextAreaElement>('textbox')).value).toBe('想了解定期');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: '需跟进' }).checked).toBe(true);
    expect(screen.getByText('✓ 已签到')).toBeTruthy();
    expect(screen.getByText(/下次走访 \d{4}-\d\d-\d\d/)).toBeTruthy();
    expect(screen.getByText(/已接着/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '清空，重新填写' }));
    await userEvent.click(screen.getByRole('button', { name: '确定' }));
    expect(await screen.findByRole('button', { name: '签到' })).toBeTruthy();
  });

  it('keeps what was entered after a refusal; other words go under another key', async () => {
    const { environment } = openVisit();
    await userEvent.click(await screen.findByRole('button', { name: '签到' }));
    await userEvent.type(await screen.findByRole('textbox'), '想了解定期');
    await chooseAndSend();
    const first = await sent(environment);
    act(() =>
      environment.mock.resolveMostRecentOperation({
        data: { recordVisit: { __typename: 'VisitNotRecorded', code: 'NEXT_DATE_IN_PAST', message: 'x' } },
      }),
    );
    expect((await screen.findByRole('alert')).textContent).toContain('下次走访日期早于今天');
    await userEvent.type(screen.getByRole('textbox'), '，再议');
    await userEvent.click(screen.getByRole('button', { name: '提交走访记录' }));
    const second = await sent(environment);
    expect(second).toMatchObject({ note: '想了解定期，再议', outcome: 'INTERESTED' });
    expect(second.idempotencyKey).not.toBe(first.idempotencyKey);
  });
});

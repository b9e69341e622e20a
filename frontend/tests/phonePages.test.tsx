import { act, screen } from '@testing-library/react';
import { changeLanguage } from '@/shared/i18n/start';
import { describe, expect, it } from 'vitest';
import { DeskPages } from '@/desk/DeskPages';
import { TodayRoute } from '@/h5/routes/TodayRoute';
import { bankDay } from '@/shared/format';
import { renderPage } from './harness';

const stop = (order: number, customer: object, part: object = {}) => ({
  order,
  reason: 'ATTRITION',
  statement: { __typename: 'Statement', code: 'DUE_ATTRITION', values: [{ name: 'band', number: 5 }] },
  figures: [
    { __typename: 'Statement', code: 'FIGURE_DEPOSIT', values: [{ name: 'deposit_fen', fen: 12_400_000 }] },
    { __typename: 'Statement', code: 'FIGURE_LAST_VISIT', values: [{ name: 'last_visit_on', date: '2026-05-01' }] },
  ],
  dueOn: '2026-11-18',
  customer: {
    __typename: 'Customer',
    id: `Customer:${order}`,
    name: `客户${order}`,
    kind: 'PERSON',
    tier: 'GENERAL',
    address: null,
    lastVisitOn: null,
    ...customer,
  },
  ...part,
});
const walk = (stops: object[]) => ({ data: { today: { date: '2026-11-21', lengthM: 8_421, stops } } });

describe('today', () => {
  it('lists the stops in walking order with reason, sentence and figures', async () => {
    const { environment } = renderPage(<TodayRoute />);
    act(() =>
      environment.mock.resolveMostRecentOperation(walk([stop(1, {}), stop(2, {}, { reason: 'LOAN_OVERDUE' })])),
    );
    const articles = await screen.findAllByRole('article');
    expect(articles.map((article) => article.getAttribute('aria-label'))).toEqual(['第 1 站 客户1', '第 2 站 客户2']);
    expect(articles[0]!.textContent).toContain('流失风险');
    expect(articles[0]!.textContent).toContain('11-18 起应访');
    expect(articles[0]!.textContent).toContain('（第 5 档），请当面了解资金去向。存款 12.40 万元上次走访 2026-05-01');
    expect(articles[1]!.textContent).toContain('贷款逾期');
    expect(screen.getByText('8.4')).toBeTruthy();
    expect(screen.getAllByRole('link', { name: '开始走访' })[0]!.getAttribute('href')).toBe('/visit/Customer%3A1');
  });

  it('marks who was seen today, and offers no second visit', async () => {
    const { environment } = renderPage(<TodayRoute />);
    act(() => environment.mock.resolveMostRecentOperation(walk([stop(1, { lastVisitOn: bankDay(new Date()) })])));
    expect((await screen.findByRole('article')).textContent).toContain('今天已走访');
    expect(screen.queryByRole('link', { name: '开始走访' })).toBeNull();
  });

  it('says what to do when nothing is planned', async () => {
    const { environment } = renderPage(<TodayRoute />);
    act(() => environment.mock.resolveMostRecentOperation({ data: { today: null } }));
    expect(await screen.findByText('今天没有安排')).toBeTruthy();
    expect(screen.getByRole('link', { name: '打开客户名单' })).toBeTruthy();
  });

  it('speaks English when asked', async () => {
    await changeLanguage('en');
    const { environment } = renderPage(<TodayRoute />);
    act(() => environment.mock.resolveMostRecentOperation(walk([stop(1, {})])));
    expect((await screen.findByRole('article')).textContent).toContain('Deposits 124,000 yuan');
  });
});

describe('the menu of the desk', () => {
  it('shows only what the permissions allow', async () => {
    renderPage(<DeskPages />, { session: { permissions: new Set(['NIGHTS_VIEW', 'MODELS_VIEW']) }, at: '/nowhere' });
    const links = screen.getAllByRole('link').map((link) => link.textContent);
    expect(links).toEqual(['跳到正文', '夜间批处理', '数据源', '模型']);
    expect(await screen.findByText('没有这个页面')).toBeTruthy();
  });
});

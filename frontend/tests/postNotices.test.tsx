import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { DashboardRoute } from '@/desk/routes/DashboardRoute';
import { renderPage } from './harness';

const notice = (kind: string, code: string, rest: object = {}) => ({
  kind,
  grid: { id: `Grid:${code}`, code, name: `${code}号网格` },
  staff: { id: 'Staff:9', name: '李四' },
  since: null,
  dueOn: null,
  ...rest,
});

/** The dashboard before the first night, so that nothing but the notices is asked of the server. */
function seen(postNotices: object[]) {
  const { environment } = renderPage(<DashboardRoute />, { session: { dataDate: null } });
  act(() => environment.mock.resolveMostRecentOperation({ data: { postNotices } } as never));
}

it('the outlet manager reads who is wanted where, and by when', async () => {
  seen([
    notice('NOBODY', 'A', { staff: null }),
    notice('NOBODY_ON_A', 'B'),
    notice('AWAY', 'C', { dueOn: '2026-12-01' }),
    notice('ROTATION', 'D', { since: '2023-02-01', dueOn: '2999-02-01' }),
    notice('ROTATION', 'E', { since: '2003-02-01', dueOn: '2006-02-01' }),
  ]);
  expect(await screen.findByText('岗位提醒')).toBeTruthy();
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    '! A号网格 今天 A、B 岗都无人，请安排。',
    '! B号网格 A 岗空缺，由 B 岗 李四 代管，请安排 A 岗。',
    '! C号网格 李四 休假，2026-12-01 回岗，由 B 岗代走。',
    '! D号网格 李四 自 2023-02-01 起任 A 岗，须在 2999-02-01 前轮岗。',
    '! E号网格 李四 自 2003-02-01 起任 A 岗，轮岗期限 2006-02-01 已到。',
  ]);
});

it('where all is well nothing is said, and of many the most pressing are shown until all are asked for', async () => {
  seen([]);
  expect(screen.queryByText('岗位提醒')).toBeNull();
  seen(Array.from({ length: 25 }, (_, number) => notice('NOBODY', `N${number}`, { staff: null })));
  await userEvent.click(await screen.findByRole('button', { name: '再显示 20 条' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(25);
  expect(screen.queryByRole('button', { name: /再显示/ })).toBeNull();
});

it('what one person is told of several grids for one day is one line', async () => {
  const rotation = { since: '2023-02-01', dueOn: '2999-02-01' };
  seen([
    notice('ROTATION', 'A', rotation),
    notice('ROTATION', 'B', rotation),
    notice('ROTATION', 'C', { ...rotation, dueOn: '2999-03-01' }),
  ]);
  await screen.findByText('岗位提醒');
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    '! A号网格等 2 个网格 李四 自 2023-02-01 起任 A 岗，须在 2999-02-01 前轮岗。',
    '! C号网格 李四 自 2023-02-01 起任 A 岗，须在 2999-03-01 前轮岗。',
  ]);
});

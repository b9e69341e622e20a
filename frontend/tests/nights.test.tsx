import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from 'antd';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Permission } from '@/__generated__/permission';
import { NightsRoute } from '@/desk/routes/NightsRoute';
import { renderPage } from './harness';

/** A statement as the server gives it. */
const said = (code: string, values: Record<string, string | number>) => ({
  __typename: 'Statement',
  code,
  values: Object.entries(values).map(([name, value]) => ({
    name,
    text: typeof value === 'string' ? value : null,
    number: typeof value === 'number' ? value : null,
    fen: null,
    date: null,
  })),
});

const RUNNING = {
  __typename: 'NightRun',
  id: 'NightRun:3',
  dataDate: '2026-11-20',
  state: 'RUNNING',
  startedAt: '2026-11-20T17:30:00Z',
  endedAt: null,
  steps: [
    { name: 'find', state: 'DONE', rows: 8, seconds: 0.2, progress: 1, message: null },
    {
      name: 'identity',
      state: 'RUNNING',
      rows: null,
      seconds: null,
      progress: 0.42,
      message: said('IDENTITY_MADE', { customers: 3 }),
    },
    { name: 'later.step', state: 'WAITING', rows: null, seconds: null, progress: 0, message: null },
  ],
};
const runs = (...nodes: object[]) => withHeld([], ...nodes);
const withHeld = (held: object[], ...nodes: object[]) => ({
  data: {
    nightRuns: { edges: nodes.map((node) => ({ node })) },
    heldBatches: { edges: held.map((node) => ({ node })) },
  },
});
const administrator = { role: 'ADMINISTRATOR', permissions: new Set<Permission>(['NIGHTS_VIEW', 'NIGHTS_START']) };
const openNights = (session = administrator) =>
  renderPage(
    <App>
      <NightsRoute />
    </App>,
    { session, at: '/nights' },
  ).environment;

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => vi.useRealTimers());

describe('the nights', () => {
  it('show each step in words, its progress, and a step newer than the catalogue by its name', async () => {
    const environment = openNights();
    act(() => environment.mock.resolveMostRecentOperation(runs(RUNNING)));
    expect((await screen.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('42');
    expect(screen.getByRole('rowheader', { name: '客户归一' })).toBeTruthy();
    expect(screen.getByRole('rowheader', { name: 'later.step' })).toBeTruthy();
    expect(screen.getByText(/1\/3 步完成/)).toBeTruthy();
  });

  it('ask again every two seconds while one runs, and show what changed', async () => {
    const environment = openNights();
    act(() => environment.mock.resolveMostRecentOperation(runs(RUNNING)));
    await screen.findByRole('progressbar');
    expect(environment.mock.getAllOperations()).toHaveLength(0);
    act(() => void vi.advanceTimersByTime(2_000));
    act(() =>
      environment.mock.resolveMostRecentOperation(
        runs({ ...RUNNING, state: 'DONE', endedAt: '2026-11-20T17:31:30Z', steps: [RUNNING.steps[0]!] }),
      ),
    );
    expect(await screen.findByText('已完成')).toBeTruthy();
    expect(screen.getByText(/用时 90.0 秒/)).toBeTruthy();
    act(() => void vi.advanceTimersByTime(4_000));
    expect(environment.mock.getAllOperations()).toHaveLength(0);
  });

  it('are started by administrators, and a refusal is a sentence', async () => {
    const environment = openNights();
    act(() => environment.mock.resolveMostRecentOperation(runs()));
    await userEvent.click(await screen.findByRole('button', { name: '开始批处理' }));
    expect(environment.mock.getMostRecentOperation().request.variables.input).toMatchObject({ dataDate: null });
    act(() =>
      environment.mock.resolveMostRecentOperation({
        data: { startNight: { __typename: 'NightNotStarted', code: 'NIGHT_RUNNING', message: 'x' } },
      }),
    );
    expect(await screen.findByText('已有一次夜间批处理正在运行，请等它结束后再开始。')).toBeTruthy();
  });

  it('are not started by those who may only look', async () => {
    const environment = openNights({ role: 'HEAD_OFFICE', permissions: new Set(['NIGHTS_VIEW']) });
    act(() => environment.mock.resolveMostRecentOperation(runs()));
    expect(await screen.findByText('还没有运行过')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '开始批处理' })).toBeNull();
  });

  it('show why rows were set aside: the first three reasons, and all when asked', async () => {
    const environment = openNights();
    act(() => environment.mock.resolveMostRecentOperation(runs()));
    await userEvent.click(await screen.findByText('批次文件'));
    const reasons = [
      'balance 为空（14 行：第 3, 8 行）',
      '与前面的一行完全相同（9 行：第 3, 8 行）',
      '主键重复（3 行：第 3, 8 行）',
      '含有无法识别的字节或控制字符（2 行：第 3, 8 行）',
      'phone 超出范围（1 行：第 3, 8 行）',
    ];
    const kept = [
      said('ROW_EMPTY', { column: 'balance', lines: 14, first_lines: '3, 8' }),
      said('ROW_TWIN', { lines: 9, first_lines: '3, 8' }),
      said('ROW_KEY_REPEATED', { lines: 3, first_lines: '3, 8' }),
      said('ROW_BROKEN', { lines: 2, first_lines: '3, 8' }),
      said('ROW_RANGE', { column: 'phone', lines: 1, first_lines: '3, 8' }),
    ];
    const batch = {
      __typename: 'Batch',
      id: 'Batch:9',
      feed: 'loan',
      dataDate: '2026-11-20',
      state: 'LOADED',
      rows: 100,
      loaded: 71,
      refused: 0,
      quarantined: 29,
      reasons: kept,
      decidedBy: null,
      decisionReason: null,
    };
    act(() =>
      environment.mock.resolveMostRecentOperation({
        data: {
          heldBatches: { edges: [] },
          batches: {
            totalCount: { value: 1, isExact: true },
            edges: [{ node: batch, cursor: 'c' }],
            pageInfo: { hasNextPage: false, endCursor: 'c' },
          },
        },
      }),
    );
    expect(await screen.findByText(reasons[0]!)).toBeTruthy();
    expect(screen.queryByText(reasons[3]!)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: '还有 2 条原因' }));
    for (const reason of reasons) expect(screen.getByText(reason)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '收起' }));
    expect(screen.queryByText(reasons[4]!)).toBeNull();
  });

  it('say which files are held, with what they would do, and take a yes or a no with its reason', async () => {
    const environment = openNights();
    act(() => environment.mock.resolveMostRecentOperation(withHeld([{ id: 'Batch:9', state: 'HELD' }])));
    expect(await screen.findByText(/1 个文件留待确认/)).toBeTruthy();
    await userEvent.click(screen.getByRole('link', { name: '去处理' }));
    const held = {
      __typename: 'Batch',
      id: 'Batch:9',
      feed: 'credit_line',
      fileName: 'credit_line_20261121_1.dat',
      state: 'HELD',
      reasons: [said('FILE_HELD_EMPTY', { rows: 0, before: 199 })],
      decidable: true,
      decidedBy: null,
      decisionReason: null,
    };
    const files = (...nodes: object[]) => ({
      data: {
        heldBatches: { edges: nodes.map((node) => ({ node })) },
        batches: {
          totalCount: { value: 0, isExact: true },
          edges: [],
          pageInfo: { hasNextPage: false, endCursor: null },
        },
      },
    });
    act(() => environment.mock.resolveMostRecentOperation(files(held)));
    expect(await screen.findByText(/现有的 199 条记录将全部终止/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '同意入库' }));
    const dialog = within(await screen.findByRole('dialog'));
    const give = dialog.getByRole('button', { name: '同意入库' });
    expect(give.hasAttribute('disabled')).toBe(true);
    await userEvent.type(dialog.getByRole('textbox', { name: '理由' }), '两行合并');
    await userEvent.click(give);
    const { input } = environment.mock.getMostRecentOperation().request.variables;
    expect(input).toMatchObject({ batchId: 'Batch:9', accepts: true, reason: '两行合并' });
    const refused = { __typename: 'BatchNotDecided', code: 'BATCH_CHANGED', message: '文件又有改动' };
    act(() => environment.mock.resolveMostRecentOperation({ data: { decideBatch: refused } }));
    expect(await dialog.findByText('文件又有改动')).toBeTruthy();
    await userEvent.click(give);
    expect(environment.mock.getMostRecentOperation().request.variables.input.idempotencyKey).not.toBe(
      input.idempotencyKey,
    );
    const ready = {
      ...held,
      state: 'READY',
      decidable: false,
      decidedBy: { id: 'Staff:5', name: '周明' },
      decisionReason: '两行合并',
    };
    act(() =>
      environment.mock.resolveMostRecentOperation({
        data: { decideBatch: { __typename: 'DecideBatchSuccess', batch: ready } },
      }),
    );
    expect(await screen.findByText('周明 的意见：两行合并')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '退回' })).toBeNull();
    act(() => environment.mock.resolveMostRecentOperation(files()));
    expect(screen.queryByText('credit_line_20261121_1.dat')).toBeNull();
  });

  it('let nobody decide who may only look', async () => {
    const environment = openNights({ role: 'HEAD_OFFICE', permissions: new Set(['NIGHTS_VIEW']) });
    act(() => environment.mock.resolveMostRecentOperation(withHeld([{ id: 'Batch:9', state: 'READY' }])));
    expect(await screen.findByText('还没有运行过')).toBeTruthy();
    expect(screen.queryByText(/留待确认/)).toBeNull();
  });
});

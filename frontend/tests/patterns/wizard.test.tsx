import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GraphQLFailure } from '@/relay/network';
import { readDraft, sweepDrafts, writeDraft } from '@/shared/patterns/draftStore';
import { useDraft } from '@/shared/patterns/useDraft';
import { type Refusal, Wizard } from '@/shared/patterns/Wizard';
import type { WizardStep } from '@/shared/patterns/wizardSteps';
import { renderPage } from '../harness';

type Values = { name: string; hasShop: boolean; shop: string };
const EMPTY: Values = { name: '', hasShop: false, shop: '' };
const PLACE = { staffId: 'Staff:5', name: 'dossier', shape: 1 };

const STEPS: readonly WizardStep<Values>[] = [
  {
    name: 'who',
    title: '客户',
    hindrance: ({ name }) => (name.trim() === '' ? '请填写姓名。' : null),
    fields: ({ name, hasShop }, change) => (
      <>
        <label>
          姓名 <input value={name} onChange={(event) => change({ name: event.target.value })} />
        </label>
        <label>
          有店铺{' '}
          <input type="checkbox" checked={hasShop} onChange={(event) => change({ hasShop: event.target.checked })} />
        </label>
      </>
    ),
  },
  {
    name: 'shop',
    title: '店铺',
    isNeeded: ({ hasShop }) => hasShop,
    fields: ({ shop }, change) => (
      <label>
        店名 <input value={shop} onChange={(event) => change({ shop: event.target.value })} />
      </label>
    ),
  },
  { name: 'end', title: '核对', fields: ({ name }) => <p>{`将建档：${name}`}</p> },
];

type Finish = (values: Values, key: string) => Promise<Refusal>;

function Dossier({ onFinish }: { onFinish: Finish }) {
  const draft = useDraft<Values>({ name: PLACE.name, shape: PLACE.shape, empty: EMPTY });
  return <Wizard label="客户建档" steps={STEPS} draft={draft} finishWord="建档" onFinish={onFinish} />;
}
const open = (onFinish: Finish = async () => null, session = {}) =>
  renderPage(<Dossier onFinish={onFinish} />, { session });
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const name = () => screen.getByLabelText<HTMLInputElement>('姓名');

beforeEach(() => localStorage.clear());

describe('a wizard', () => {
  it('goes on by Enter, reads the next heading and says where one is', async () => {
    open();
    await userEvent.type(name(), '王芳{Enter}');
    const heading = screen.getByRole('heading', { name: '核对' });
    expect(document.activeElement).toBe(heading);
    expect(screen.getByText('第 2 步，共 2 步')).toBeTruthy();
    expect(screen.getByText('核对', { selector: 'li *' }).closest('li')!.getAttribute('aria-current')).toBe('step');
  });

  it('does not go on without what it needs, says so and puts the focus there', async () => {
    open();
    await press('下一步');
    expect(screen.getByRole('alert').textContent).toBe('请填写姓名。');
    expect(document.activeElement).toBe(name());
    expect(screen.getByRole('heading', { name: '客户' })).toBeTruthy();
  });

  it('shows a step only where answers ask for it, and leads back without loss', async () => {
    open();
    await userEvent.type(name(), '王芳');
    await userEvent.click(screen.getByLabelText('有店铺'));
    await press('下一步');
    await userEvent.type(screen.getByLabelText('店名'), '芳芳百货');
    await press('下一步');
    await press('✓ 店铺');
    expect(screen.getByLabelText<HTMLInputElement>('店名').value).toBe('芳芳百货');
    await press('上一步');
    expect(name().value).toBe('王芳');
  });

  it('goes on with what was written before the page was gone, and begins anew when told to', async () => {
    const { unmount } = open();
    await userEvent.type(name(), '王芳{Enter}');
    unmount();
    open();
    expect(screen.getByText('将建档：王芳')).toBeTruthy();
    expect(screen.getByText(/^已接着/)).toBeTruthy();
    await press('清空，重新填写');
    expect(name().value).toBe('');
    expect(readDraft(PLACE)).toBeNull();
  });

  it('shows one person nothing that another one wrote', async () => {
    const { unmount } = open();
    await userEvent.type(name(), '王芳');
    unmount();
    open(undefined, { staffId: 'Staff:6' });
    expect(name().value).toBe('');
  });

  it('forgets what was sent, and keeps what was refused under another key', async () => {
    const keys: string[] = [];
    const answers = ['这位客户已经建档。', null];
    open(async (_values, key) => {
      keys.push(key);
      return answers[keys.length - 1]!;
    });
    await userEvent.type(name(), '王芳{Enter}');
    await press('建档');
    expect((await screen.findByRole('alert')).textContent).toBe('这位客户已经建档。');
    expect(screen.getByText('将建档：王芳')).toBeTruthy();
    await press('建档');
    expect(await screen.findByLabelText('姓名')).toBeTruthy();
    expect(new Set(keys).size).toBe(2);
    expect(readDraft(PLACE)).toBeNull();
  });

  it('locks what got no answer, also on a new page, and sends the same under the same key', async () => {
    const sent: [Values, string][] = [];
    const silent: Finish = async (values, key) => {
      sent.push([values, key]);
      throw new GraphQLFailure('NETWORK', 'offline');
    };
    const { unmount } = open(silent);
    await userEvent.type(name(), '王芳{Enter}');
    await press('建档');
    expect((await screen.findByRole('alert')).textContent).toContain('网络不通');
    unmount();
    open(async (values, key) => {
      sent.push([values, key]);
      return null;
    });
    expect(screen.getByText(/没有得到答复/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: '上一步' })?.hasAttribute('disabled')).toBe(true);
    await press('重新提交');
    await screen.findByLabelText('姓名');
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
  });

  it('says when the browser cannot keep a draft', async () => {
    open();
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await userEvent.type(name(), '王');
    expect(screen.getByText(/不能保存草稿/)).toBeTruthy();
  });
});

describe('drafts', () => {
  const stored = { key: 'k', values: EMPTY, step: null, isSent: false, savedAt: '2026-11-20T00:00:00Z' };
  const day = (date: string) => Date.parse(`2026-11-${date}T01:00:00Z`);

  it('lie there for a week', () => {
    writeDraft(PLACE, stored);
    expect(readDraft(PLACE, day('26'))).toEqual(stored);
    expect(readDraft(PLACE, day('27'))).toBeNull();
  });
  it('that are too old go when the pages start, whoever wrote them', () => {
    writeDraft({ ...PLACE, staffId: 'Staff:9' }, stored);
    localStorage.setItem('yunge.language', 'en');
    sweepDrafts(day('26'));
    expect(localStorage.length).toBe(2);
    sweepDrafts(day('28'));
    expect(Object.keys(localStorage)).toEqual(['yunge.language']);
  });
  it('of an older shape are not opened', () => {
    writeDraft(PLACE, stored);
    expect(readDraft({ ...PLACE, shape: 2 }, day('21'))).toBeNull();
  });
});

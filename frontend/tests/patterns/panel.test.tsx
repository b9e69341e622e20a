import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { describe, expect, it } from 'vitest';
import { BottomSheet } from '@/shared/patterns/BottomSheet';
import { SidePanel } from '@/shared/patterns/SidePanel';
import { renderPage } from '../harness';

const SIDE = (onClose: () => void, content: React.ReactNode) => (
  <SidePanel label="网格详情" onClose={onClose}>
    {content}
  </SidePanel>
);
const SHEET = (onClose: () => void, content: React.ReactNode) => (
  <BottomSheet label="网格详情" head="阜城一" onClose={onClose}>
    {content}
  </BottomSheet>
);

function Page({ panel, content }: { panel: typeof SIDE; content?: React.ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        打开
      </button>
      {isOpen && panel(() => setOpen(false), content ?? <a href="#list">名单</a>)}
    </>
  );
}
const opener = () => screen.getByRole('button', { name: '打开' });
const panel = () => screen.queryByLabelText('网格详情');

describe.each([
  ['beside the page', SIDE],
  ['from the lower edge', SHEET],
])('a panel %s', (_where, kind) => {
  it('has the focus when it opens, and gives it back when Escape closes it', async () => {
    renderPage(<Page panel={kind} />);
    await userEvent.click(opener());
    expect(document.activeElement).toBe(panel());
    await userEvent.tab();
    expect(panel()!.contains(document.activeElement)).toBe(true);
    await userEvent.keyboard('{Escape}');
    expect(panel()).toBeNull();
    expect(document.activeElement).toBe(opener());
  });

  it('leaves Escape to the page beside it and to what lies over it', async () => {
    const dialog = createPortal(<input aria-label="理由" />, document.body);
    renderPage(<Page panel={kind} content={dialog} />);
    await userEvent.click(opener());
    await userEvent.type(screen.getByLabelText('理由'), '{Escape}');
    opener().focus();
    await userEvent.keyboard('{Escape}');
    expect(panel()).not.toBeNull();
  });

  it('leaves the focus where a person has taken it meanwhile', async () => {
    renderPage(
      <>
        <Page panel={kind} />
        <input aria-label="搜索" />
      </>,
    );
    await userEvent.click(opener());
    const close = screen.getByRole('button', { name: '关闭' });
    screen.getByLabelText('搜索').focus();
    // As a press of the button that a script makes: the focus stays in the search.
    close.click();
    expect(await screen.findByLabelText('搜索')).toBe(document.activeElement);
  });
});

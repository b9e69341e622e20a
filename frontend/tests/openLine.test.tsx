import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { OpenLine } from '@/h5/OpenLine';
import { renderPage } from './harness';

it('says on a page that came unencrypted what does not work, and nothing elsewhere', () => {
  vi.stubGlobal('isSecureContext', true);
  const { unmount } = renderPage(<OpenLine />);
  expect(screen.queryByRole('note')).toBeNull();
  unmount();
  vi.stubGlobal('isSecureContext', false);
  renderPage(<OpenLine />);
  expect(screen.getByRole('note').textContent).toContain('连接未加密');
  vi.unstubAllGlobals();
});

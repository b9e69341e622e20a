import 'fake-indexeddb/auto';
import { cleanup, configure } from '@testing-library/react';
import i18next from 'i18next';
import { afterEach, beforeAll, vi } from 'vitest';
import { CATALOGUES } from '@/catalogues';
import { startWords } from '@/shared/i18n/start';
import { STATEMENTS_OF_FILES } from '@/shared/statements/ofFiles';
import { learnChinese } from '@/shared/statements/wording';

// jsdom draws nothing; antd and antd-mobile ask it about the screen.
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  addListener: () => undefined,
  removeListener: () => undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}));
// user-event asks for it when arrows move in a radio group; our names need no escape.
vi.stubGlobal('CSS', { escape: (name: string) => name });
// relay-test-utils was written for jest and asks for its mock functions by that name.
vi.stubGlobal('jest', vi);
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);

// Machines that build and test at once are slow; a wait ends when what it waits for is there.
configure({ asyncUtilTimeout: 10_000 });

// As the desk starts, which says all that the phone says and more.
beforeAll(() => {
  learnChinese(STATEMENTS_OF_FILES);
  return startWords(CATALOGUES, 'zh-CN');
});
afterEach(async () => {
  cleanup();
  if (i18next.language !== 'zh-CN') await i18next.changeLanguage('zh-CN');
});

import { cleanup, screen } from '@testing-library/react';
import { changeLanguage } from '@/shared/i18n/start';
import { expect, it } from 'vitest';
import { MapMatching } from '@/features/grids/MapMatching';
import { MOST_DOTS } from '@/features/grids/matching';
import { renderPage } from './harness';

const dots = (many: number) =>
  Array.from({ length: many }, (_, n) => ({
    at: [120, 33] as [number, number],
    properties: { id: `Customer:${n}`, tier: 'KEY' },
  }));

/** What the map says of so many customers of a list. */
function said(total: number, drawn: number, isWhole = true): string {
  cleanup();
  const matching = { list: 'grid=Grid:8', counts: new Map(), total, dots: dots(drawn), isWhole };
  renderPage(<MapMatching matching={matching} failure={null} onDrop={() => undefined} />);
  return screen.getByRole('status').firstElementChild!.textContent!;
}

it('says how many of a list it draws, where these are not all', () => {
  expect(said(3, 3)).toBe('名单条件下 3 户');
  expect(said(3, 1)).toBe('名单条件下 3 户 （画出 1 户，其余没有可显示的位置）');
  expect(said(1200, 0, false)).toBe(`名单条件下 1,200 户 （超过 ${MOST_DOTS} 户不逐户画点，只按网格着色）`);
});

it('says so in English', async () => {
  await changeLanguage('en');
  expect(said(1200, 0, false)).toBe(
    '1,200 customers of the list (more than 500 are not drawn one by one: grids are coloured alone)',
  );
  expect(said(3, 1)).toBe('3 customers of the list (dots: 1; the others have no place to be shown)');
});

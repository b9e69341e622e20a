import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { KEPT_MEASURES, measureOf, ofDay } from '@/features/grids/measures';
import { daysAsked, type Kept, monthBefore } from '@/features/twoDays/days';
import { DifferenceLine } from '@/features/twoDays/DifferenceLine';
import { DifferenceTable } from '@/features/twoDays/DifferenceTable';
import { differencesOf, inOrder } from '@/features/twoDays/differences';
import { useTogether } from '@/features/twoDays/useTogether';
import { gridTiles, nameTiles } from '@/shared/map/mapStyle';
import { renderPage } from './harness';

const kept = (...days: string[]): Kept[] => days.map((day) => ({ day, planIsInForce: true }));
const DAYS = kept('2026-11-26', '2026-11-25', '2026-10-27', '2026-10-25', '2026-09-30');
const asked = (then: string | null, now: string | null = null, days = DAYS) => {
  const found = daysAsked(days, then, now);
  return found && [found.then.day, found.now.day];
};

describe('which two days are compared', () => {
  it.each([
    ['2026-11-26', '2026-10-26'],
    ['2026-11-30', '2026-10-31'],
    ['2026-03-31', '2026-02-28'],
    ['2026-03-30', '2026-02-28'],
    ['2026-01-15', '2025-12-15'],
  ])('%s is compared with %s', (day, before) => expect(monthBefore(day)).toBe(before));

  it('are those of the address where they are kept, else the last kept before', () => {
    expect(asked('month')).toEqual(['2026-10-25', '2026-11-26']);
    expect(asked('2026-10-27', '2026-11-25')).toEqual(['2026-10-27', '2026-11-25']);
    expect(asked('2026-10-26')).toEqual(['2026-10-25', '2026-11-26']);
    expect(asked('2020-01-01', '1999-01-01')).toEqual(['2026-10-25', '2026-09-30']);
    expect(asked('<script>', 'tomorrow')).toEqual(['2026-10-25', '2026-11-26']);
  });

  it('are never one day twice, and none where there is one', () => {
    expect(asked('2026-11-26')).toEqual(['2026-11-25', '2026-11-26']);
    expect([asked('month', null, kept('2026-11-26')), asked('month', null, [])]).toEqual([null, null]);
  });
});

const side = (code: string, value: number, areaM2 = 1e6) => ({
  gridId: `Grid:${code}`,
  code,
  name: `网格${code}`,
  areaM2,
  value,
});
const ALL = differencesOf(
  [side('1', 0.61049), side('2', 0.5), side('3', 0.9), side('gone', 0.1)],
  [side('1', 0.72051), side('2', 0.4), side('3', 0.9, 2e6), side('new', 0.2)],
  'percent',
);

describe('what changed', () => {
  it('is the difference of what is shown, by the code of the grid', () => {
    const changes = Object.fromEntries(ALL.map(({ code, change }) => [code, change && Number(change.toFixed(4))]));
    expect(changes).toEqual({ '1': 0.111, '2': -0.1, '3': 0, new: null, gone: null });
    expect(ALL.filter(({ isCutOtherwise }) => isCutOtherwise).map(({ code }) => code)).toEqual(['3']);
  });

  it('is ordered by what fell or rose most, what has no other day last', () => {
    const codes = (order: 'fallen' | 'risen') => inOrder(ALL, order).map(({ code }) => code);
    expect(codes('fallen').slice(0, 3)).toEqual(['2', '3', '1']);
    expect(codes('risen').slice(0, 3)).toEqual(['1', '3', '2']);
  });

  const compared = { measure: measureOf('visitedShare'), then: DAYS[2]!, now: DAYS[0]! };

  it('is said with both values, both days and the sign', async () => {
    renderPage(<DifferenceLine {...compared} pointed={ALL[0]!} />);
    const line = (await screen.findByText('网格1')).parentElement!;
    expect(line.textContent).toContain('2026-10-27 61.0%→2026-11-26 72.1%+11.1 个百分点');
  });

  it('can be gone through by the keyboard', async () => {
    const onPoint = vi.fn();
    renderPage(<DifferenceTable {...compared} all={ALL} pointed={null} onPoint={onPoint} />);
    const first = await screen.findByRole('button', { name: '网格2' });
    first.focus();
    await userEvent.tab();
    expect(onPoint.mock.calls).toEqual([['2'], ['3']]);
    expect(first.closest('tr')!.textContent).toBe('网格250.040.0−10.0');
    await userEvent.click(screen.getByRole('button', { name: '增加在前' }));
    expect(screen.getAllByRole('row')[1]!.textContent).toContain('网格1');
  });
});

describe('the map of a past day', () => {
  it('asks for the plan of that day alone where it is another one', () => {
    expect(gridTiles('', 'v', 'SMALL')).toBe('/tiles/v/grids/{z}/{x}/{y}.mvt?level=SMALL');
    expect(nameTiles('', 'v', 'LARGE', '2026-10-31')).toContain('?level=LARGE&of=2026-10-31');
  });

  it('shows what is kept of days, and nothing that is not', () => {
    expect(KEPT_MEASURES.map(({ code }) => code)).not.toContain('medianDaysUnvisited');
    const figures = {
      customers: 4,
      located: 1,
      visitedHere90d: 2,
      visited90d: 3,
      keyCustomers: 2,
      depositFen: 5,
      loanFen: 6,
      dueVisits: 7,
      atRisk: 8,
    };
    expect(KEPT_MEASURES.map((one) => ofDay(one, figures))).toEqual([4, 0.5, 0.25, 7, 8, 2, 5, 6, 0.25]);
  });

  it('follows the other map, and is not passed back', () => {
    type Hear = (event: object) => void;
    const fake = (zoom: number) => {
      const heard = new Map<string, Hear>();
      const map = {
        on: (kind: string, hear: Hear) => heard.set(kind, hear),
        off: (kind: string) => heard.delete(kind),
        getCenter: () => [zoom, zoom],
        getZoom: () => zoom,
        jumpTo: vi.fn(() => heard.get('move')!({})),
      };
      return { map, heard };
    };
    const [one, other] = [fake(9), fake(12)];
    const Both = () => {
      useTogether(one.map as never, other.map as never);
      return null;
    };
    renderPage(<Both />);
    expect(other.map.jumpTo).toHaveBeenCalledWith({ center: [9, 9], zoom: 9 }, { originalEvent: undefined });
    expect(one.map.jumpTo).not.toHaveBeenCalled();
    other.heard.get('move')!({ originalEvent: 'drag' });
    expect(one.map.jumpTo).toHaveBeenCalledWith({ center: [12, 12], zoom: 12 }, { originalEvent: 'drag' });
    expect(other.map.jumpTo).toHaveBeenCalledTimes(1);
  });
});

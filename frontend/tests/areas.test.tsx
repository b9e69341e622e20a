import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { AreaTools } from '@/features/areas/AreaTools';
import { finished } from '@/features/areas/drawing';
import {
  circleOf,
  crossesItself,
  decodeArea,
  encodeArea,
  MOST_CORNERS,
  simplified,
  squareMetresOf,
} from '@/shared/map/areas';
import type { Position } from '@/shared/map/geometry';

const SQUARE: Position[] = [
  [119.5, 33.6],
  [119.6, 33.6],
  [119.6, 33.7],
  [119.5, 33.7],
];
const pixels = (...places: [number, number][]) => places.map(([x, y]) => ({ x, y }));

describe('an area and its address', () => {
  it.each([
    [SQUARE],
    [
      [
        [-0.00001, 0],
        [0, -84.99999],
        [180, 85],
      ] as Position[],
    ],
  ])('come back the same', (corners) => {
    const text = encodeArea(corners);
    expect(text).toMatch(/^[\w-]+$/);
    expect(decodeArea(text)).toEqual(corners);
  });

  it.each([null, '', 'A', 'AAAA', 'g', '???', encodeArea(SQUARE).slice(0, -1), encodeArea([...SQUARE, [0, 90]])])(
    'asks for nothing where it says %s',
    (text) => expect(decodeArea(text)).toBeNull(),
  );

  it('stays short: a hundred corners are no kilobyte', () =>
    expect(
      encodeArea(Array.from({ length: MOST_CORNERS }, (_, at) => [119 + Math.sin(at), 33 + Math.cos(at)])).length,
    ).toBeLessThan(1000));

  it('is about as large as it is', () => expect(squareMetresOf(SQUARE) / 1e6).toBeCloseTo(102.9, 0));
});

describe('a line drawn by hand', () => {
  it('loses corners that say nothing, and never has more than may be asked', () => {
    expect(simplified(pixels([0, 0], [50, 0.5], [100, 0], [100, 100]))).toEqual(pixels([0, 0], [100, 0], [100, 100]));
    const wild = Array.from({ length: 1000 }, (_, at) => ({ x: at, y: (at % 2) * 300 + (at % 7) * 40 }));
    expect(simplified(wild).length).toBeLessThanOrEqual(MOST_CORNERS);
  });

  it('is refused where it crosses itself, is no area or hardly one', () => {
    expect(crossesItself(pixels([0, 0], [100, 100], [100, 0], [0, 100]))).toBe(true);
    expect(crossesItself(circleOf({ x: 50, y: 50 }, { x: 90, y: 50 }))).toBe(false);
    expect(finished('POLYGON', pixels([0, 0], [100, 100], [100, 0], [0, 100]))).toEqual({ wrong: 'crosses' });
    expect(finished('POLYGON', pixels([0, 0], [100, 100]))).toEqual({ wrong: 'tooFew' });
    expect(finished('CIRCLE', pixels([5, 5], [6, 6]))).toEqual({ wrong: 'tooSmall' });
  });
});

describe('drawing', () => {
  const map = { unproject: ([x, y]: [number, number]) => ({ lng: x / 10, lat: y / 10 }) };
  const begin = async (name: string) => {
    const onArea = vi.fn();
    render(<AreaTools map={map} onArea={onArea} />);
    await userEvent.click(screen.getByRole('button', { name }));
    return { onArea, sheet: screen.getByRole('application', { name: `正在画区域：${name}` }) };
  };

  it('goes by keys alone: the cross moves, Space sets corners, Enter ends', async () => {
    const { onArea, sheet } = await begin('多边形');
    expect(document.activeElement).toBe(sheet);
    sheet.getBoundingClientRect = () => ({ left: 0, top: 0, width: 600, height: 600 }) as DOMRect;
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('alert').textContent).toContain('至少要三个点');
    await userEvent.keyboard('{ArrowRight} {ArrowRight}{ArrowRight} {ArrowDown>3/} {Backspace}{ArrowDown>3/} {Enter}');
    expect(onArea).toHaveBeenCalledWith([
      [31.2, 30],
      [33.6, 30],
      [33.6, 37.2],
    ]);
    expect(screen.queryByRole('application')).toBeNull();
  });

  it('takes a lasso from where it is pressed to where it is let go', async () => {
    const { onArea, sheet } = await begin('套索');
    fireEvent.pointerDown(sheet, { clientX: 0, clientY: 0, button: 0 });
    for (const [clientX, clientY] of [
      [100, 0],
      [100, 100],
      [0, 100],
    ])
      fireEvent.pointerMove(sheet, { clientX, clientY });
    fireEvent.pointerUp(sheet, { clientX: 0, clientY: 50 });
    expect(onArea).toHaveBeenCalledTimes(1);
    expect(onArea.mock.calls[0]![0].slice(0, 4)).toEqual([
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
    ]);
  });

  it('says why a crossing makes no area, and lets one begin again or leave', async () => {
    const { onArea, sheet } = await begin('多边形');
    for (const [clientX, clientY] of [
      [0, 0],
      [100, 100],
      [100, 0],
      [0, 100],
    ])
      fireEvent.pointerDown(sheet, { clientX, clientY, button: 0 });
    fireEvent.doubleClick(sheet);
    expect(screen.getByRole('alert').textContent).toContain('交叉');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('application')).toBeNull();
    expect(onArea).not.toHaveBeenCalled();
  });
});

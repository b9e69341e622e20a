import { afterEach, describe, expect, it, vi } from 'vitest';
import { drawSheet } from '@/features/picture/drawSheet';
import { legendOf } from '@/features/picture/legend';
import { type Box, layoutOf, PAPERS, roundMetres } from '@/features/picture/sheet';

describe('a sheet', () => {
  it.each([
    ['A4', { width: 2880, height: 1800 }],
    ['A4', { width: 600, height: 1800 }],
    ['A3', { width: 3000, height: 400 }],
  ] as const)('of %s has room for everything, and shows the whole map undistorted', (name, view) => {
    const paper = PAPERS[name];
    const {
      head,
      maps: [map],
      legend,
      foot,
    } = layoutOf(paper, [view]);
    if (!map) throw new Error('no map');
    expect(map.width / map.height).toBeCloseTo(view.width / view.height, 1);
    for (const box of [head, map, legend, foot]) {
      expect(Math.min(box.left, box.top, box.width, box.height)).toBeGreaterThan(0);
      expect(box.left + box.width).toBeLessThanOrEqual(paper.width);
      expect(box.top + box.height).toBeLessThanOrEqual(paper.height);
    }
    expect(head.top + head.height).toBeLessThanOrEqual(map.top);
    expect(map.left + map.width).toBeLessThan(legend.left);
    expect(map.top + map.height).toBeLessThanOrEqual(foot.top);
    expect(legend.width).toBeGreaterThanOrEqual(paper.width * 0.19);
  });

  it('has two maps equally large beside each other, left of the legend', () => {
    const view = { width: 1200, height: 1500 };
    const { maps, legend, foot } = layoutOf(PAPERS.A4, [view, view]);
    const [one, other] = maps as [Box, Box];
    expect([one.width, one.height, one.top]).toEqual([other.width, other.height, other.top]);
    expect(one.left + one.width).toBeLessThan(other.left);
    expect(other.left + other.width).toBeLessThan(legend.left);
    expect(legend.width).toBeGreaterThanOrEqual(PAPERS.A4.width * 0.19);
    expect(one.top + one.height).toBeLessThanOrEqual(foot.top);
    expect(one.width / one.height).toBeCloseTo(view.width / view.height, 1);
  });

  it('has papers in the shape of papers', () => {
    for (const { width, height } of Object.values(PAPERS)) expect(width / height).toBeCloseTo(Math.SQRT2, 2);
  });

  it('measures in round numbers', () =>
    expect([999, 1000, 4999, 5000, 0.7, 26_000].map(roundMetres)).toEqual([500, 1000, 2000, 5000, 0.5, 20_000]));
});

describe('whose the base map is', () => {
  const CREDIT = '底图：天地图 审图号：GS(2024)0568号';
  const written = (credit: string | null) => {
    const fillText = vi.fn();
    const pen = { fillText, fillRect() {}, drawImage() {}, strokeRect() {}, measureText: () => ({ width: 200 }) };
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(pen as never);
    const view = { canvas: { width: 1600, height: 1000 } as HTMLCanvasElement, metresWide: 9000 };
    const legend = { title: '', notes: [], rows: [] };
    drawSheet('A4', [view], { title: '标题', legend, credit, source: '来源' });
    return fillText.mock.calls as [string, number, number, number][];
  };

  it('stands in the corner of the printed map, with its 审图号', () => {
    const [, left, bottom, width] = written(CREDIT).find(([words]) => words === CREDIT)!;
    const [map] = layoutOf(PAPERS.A4, [{ width: 1600, height: 1000 }]).maps as [Box];
    expect(left).toBeGreaterThan(map.left);
    expect(left + width).toBeLessThan(map.left + map.width);
    expect(bottom).toBeLessThan(map.top + map.height);
  });

  it('is not said where there is none', () => expect(written(null).map(([words]) => words)).not.toContain(CREDIT));
});

describe('the legend of a picture', () => {
  afterEach(() => document.body.replaceChildren());

  it('says what the legend on the page says', () => {
    document.body.innerHTML = `<section class="legend"><h2>存款余额 <span>万元</span></h2><p>数据日期 2026-11-20</p>
      <p>分级<button aria-pressed="false">每级网格数相近</button><button aria-pressed="true">等距</button></p>
      <ol><li><span style="background-color: rgb(1, 2, 3)"></span><span>低于 5</span></li></ol>
      <ul><li><span style="background-color: rgb(4, 5, 6); border: 2px solid rgb(7, 8, 9); border-top-left-radius: 50%">
      </span> 流失风险</li></ul></section>`;
    expect(legendOf(document.querySelector('.legend')!)).toEqual({
      title: '存款余额 万元',
      notes: ['数据日期 2026-11-20', '分级 等距'],
      rows: [
        { words: '低于 5', colour: 'rgb(1, 2, 3)', edge: null, isRound: false },
        { words: '流失风险', colour: 'rgb(4, 5, 6)', edge: 'rgb(7, 8, 9)', isRound: true },
      ],
    });
  });
});

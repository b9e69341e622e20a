/** Papers lying, in pixels of 150 to the inch. */
export const PAPERS = { A4: { width: 1754, height: 1240 }, A3: { width: 2480, height: 1754 } } as const;
export type Paper = keyof typeof PAPERS;
export type Size = { width: number; height: number };
export type Box = Size & { left: number; top: number };

const EDGE = 0.03;
const HEAD = 0.09;
const FOOT = 0.05;
const LEGEND = 0.2;

export type Layout = Record<'head' | 'legend' | 'foot', Box> & { maps: readonly Box[] };

/** Where title, maps, legend and source stand on a paper. Maps stand beside each other, equally large, and whole. */
export function layoutOf(paper: Size, views: readonly Size[]): Layout {
  const edge = Math.round(paper.height * EDGE);
  const [head, foot, legend] = [paper.height * HEAD, paper.height * FOOT, paper.width * LEGEND].map(Math.round) as [
    number,
    number,
    number,
  ];
  const room = { width: paper.width - 3 * edge - legend, height: paper.height - 2 * edge - head - foot };
  const width = (room.width - edge * (views.length - 1)) / views.length;
  const scale = Math.min(...views.map((view) => Math.min(width / view.width, room.height / view.height)));
  const top = edge + head;
  let left = edge;
  const maps = views.map((view) => {
    const map = { left, top, width: Math.round(view.width * scale), height: Math.round(view.height * scale) };
    left += map.width + edge;
    return map;
  });
  return {
    head: { left: edge, top: edge, width: paper.width - 2 * edge, height: head },
    maps,
    legend: { left, top, width: paper.width - edge - left, height: room.height },
    foot: { left: edge, top: paper.height - edge - foot, width: paper.width - 2 * edge, height: foot },
  };
}

const STEPS = [1, 2, 5];

/** The longest round distance of at most so many metres. */
export function roundMetres(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return Math.max(...STEPS.filter((step) => step * power <= most)) * power;
}

import { tokens } from '@/shared/tokens';
import type { Legend, LegendRow } from './legend';
import { type Box, layoutOf, PAPERS, type Paper, roundMetres } from './sheet';

export type Said = {
  title: string;
  legend: Legend;
  /** Whose map lies beneath and under which 审图号, as the page says it; null where none does. */
  credit: string | null;
  /** Whose figures, of which day, in which datum, made when and by whom. */
  source: string;
};
export type View = {
  canvas: HTMLCanvasElement;
  metresWide: number;
  /** What this one of several maps shows. */
  caption?: string;
};
type Pen = CanvasRenderingContext2D;

const font = (px: number, weight = 400) => `${weight} ${px}px ${tokens.fonts}`;

function write(
  pen: Pen,
  words: string,
  box: { left: number; top: number; width: number },
  px: number,
  weight?: number,
) {
  pen.font = font(px, weight);
  pen.fillText(words, box.left, box.top + px, box.width);
}

function row(pen: Pen, { words, colour, edge, isRound }: LegendRow, box: Box) {
  const size = box.height * 0.6;
  pen.beginPath();
  if (isRound) pen.arc(box.left + size / 2, box.top + size / 2, size / 2.4, 0, 2 * Math.PI);
  else pen.rect(box.left, box.top, size * 1.4, size);
  pen.fillStyle = colour;
  pen.fill();
  pen.strokeStyle = edge ?? tokens.edge;
  pen.lineWidth = edge ? 3 : 1;
  pen.stroke();
  pen.fillStyle = tokens.ink;
  write(pen, words, { left: box.left + size * 2, top: box.top - size * 0.1, width: box.width - size * 2 }, size);
}

function legend(pen: Pen, { title, notes, rows }: Legend, box: Box, line: number) {
  pen.fillStyle = tokens.ink;
  write(pen, title, box, line * 0.7, 600);
  pen.fillStyle = tokens.inkSoft;
  notes.forEach((note, at) => write(pen, note, { ...box, top: box.top + line * (at + 1) }, line * 0.55));
  rows.forEach((one, at) => row(pen, one, { ...box, top: box.top + line * (notes.length + 1.5 + at), height: line }));
}

function scaleBar(pen: Pen, map: Box, metresWide: number, line: number) {
  const metres = roundMetres(metresWide / 4);
  const width = (metres / metresWide) * map.width;
  const [left, bottom] = [map.left + line * 0.6, map.top + map.height - line * 0.6];
  pen.fillStyle = 'rgb(255 255 255 / 85%)';
  pen.fillRect(left - 8, bottom - line, width + 16, line + 8);
  pen.fillStyle = tokens.ink;
  pen.fillRect(left, bottom - 4, width, 4);
  const words = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  write(pen, words, { left, top: bottom - line * 0.8, width: 400 }, line * 0.55);
}

function credit(pen: Pen, words: string, map: Box, line: number) {
  const px = line * 0.5;
  pen.font = font(px);
  const width = Math.min(pen.measureText(words).width, map.width / 2);
  const [left, top] = [map.left + map.width - width - 16, map.top + map.height - px * 1.6];
  pen.fillStyle = 'rgb(255 255 255 / 85%)';
  pen.fillRect(left - 8, top, width + 16, px * 1.5);
  pen.fillStyle = tokens.inkSoft;
  write(pen, words, { left, top, width }, px);
}

function caption(pen: Pen, words: string, map: Box, line: number) {
  pen.font = font(line * 0.7, 600);
  const width = Math.min(pen.measureText(words).width, map.width - 16);
  pen.fillStyle = 'rgb(255 255 255 / 90%)';
  pen.fillRect(map.left, map.top, width + 24, line * 1.2);
  pen.fillStyle = tokens.ink;
  write(pen, words, { left: map.left + 12, top: map.top + line * 0.15, width }, line * 0.7, 600);
}

function drawView(pen: Pen, view: View, box: Box, line: number) {
  const { left, top, width, height } = box;
  pen.drawImage(view.canvas, left, top, width, height);
  pen.strokeStyle = tokens.edge;
  pen.strokeRect(left, top, width, height);
  scaleBar(pen, box, view.metresWide, line);
  if (view.caption) caption(pen, view.caption, box, line);
}

/** The maps with their title, legend, scale, day and source on one paper. */
export function drawSheet(paper: Paper, views: readonly View[], said: Said): HTMLCanvasElement {
  const sheet = document.createElement('canvas');
  Object.assign(sheet, PAPERS[paper]);
  const pen = sheet.getContext('2d')!;
  const boxes = layoutOf(
    PAPERS[paper],
    views.map(({ canvas }) => canvas),
  );
  const line = Math.round(sheet.height / 34);
  pen.fillStyle = tokens.paper;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  views.forEach((view, at) => drawView(pen, view, boxes.maps[at]!, line));
  pen.fillStyle = tokens.ink;
  write(pen, said.title, boxes.head, line * 1.1, 600);
  legend(pen, said.legend, boxes.legend, line);
  if (said.credit !== null) credit(pen, said.credit, boxes.maps[boxes.maps.length - 1]!, line);
  pen.fillStyle = tokens.inkSoft;
  write(pen, said.source, { ...boxes.foot, top: boxes.foot.top + line * 0.5 }, line * 0.55);
  return sheet;
}

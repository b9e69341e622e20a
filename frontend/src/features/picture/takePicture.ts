import type { Map as MapLibre } from 'maplibre-gl';
import type { View } from './drawSheet';

/** Twice as fine as the screen: paper shows more. */
const FINENESS = 2;
const EARTH_ROUND_M = 40_075_016.686;

function metresWide(map: MapLibre): number {
  const bounds = map.getBounds();
  const share = (bounds.getEast() - bounds.getWest()) / 360;
  return EARTH_ROUND_M * share * Math.cos((map.getCenter().lat * Math.PI) / 180);
}

/** What the map shows, copied in the very frame in which it was drawn: afterwards its canvas is empty. */
function copied(map: MapLibre): Promise<HTMLCanvasElement> {
  return new Promise((resolve) => {
    map.once('render', () => {
      const copy = document.createElement('canvas');
      const { width, height } = map.getCanvas();
      Object.assign(copy, { width, height });
      copy.getContext('2d')!.drawImage(map.getCanvas(), 0, 0);
      resolve(copy);
    });
    map.triggerRepaint();
  });
}

/** The map as it is seen, as fine as paper wants it. The map on the page is afterwards as it was. */
export async function takePicture(map: MapLibre): Promise<View> {
  const before = map.getPixelRatio();
  map.setPixelRatio(Math.max(before, FINENESS));
  try {
    await new Promise((resolve) => {
      map.once('idle', resolve);
      map.triggerRepaint();
    });
    return { canvas: await copied(map), metresWide: metresWide(map) };
  } finally {
    map.setPixelRatio(before);
  }
}

export function saveAsFile(sheet: HTMLCanvasElement, name: string): Promise<void> {
  return new Promise((resolve) => {
    sheet.toBlob((blob) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob!);
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      resolve();
    }, 'image/png');
  });
}

/** Prints the sheet alone, on the paper that it was drawn for; `className` is what the page hides until then. */
export async function print(sheet: HTMLCanvasElement, paper: string, className: string): Promise<void> {
  const image = new Image();
  image.className = className;
  image.src = sheet.toDataURL('image/png');
  await image.decode();
  const style = document.createElement('style');
  style.textContent = `@page { size: ${paper} landscape; margin: 0; }`;
  document.head.append(style);
  document.body.append(image);
  const clear = () => {
    style.remove();
    image.remove();
  };
  window.addEventListener('afterprint', clear, { once: true });
  window.print();
}

/** 底图 as the parameter keeps it; what is not given is left out, and an empty one is no base map. */
export type BaseMapValue = Readonly<Record<string, unknown>>;
export const BASE_MAP = 'grids.base_map';
export const DATUMS = ['CGCS2000', 'WGS84', 'GCJ02', 'BD09'] as const;
export const PARTS = ['tiles', 'labels', 'key', 'attribution', 'approval', 'datum', 'largest_zoom'] as const;
export type Part = (typeof PARTS)[number];
export const NEEDED: readonly Part[] = ['tiles', 'attribution', 'approval', 'datum'];

const tianditu = (layer: string) =>
  `https://t0.tianditu.gov.cn/${layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default` +
  '&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}';

/** 天地图's map and its names, but for what is said of it; key and 审图号 are the bank's to bring. */
export const TIANDITU: BaseMapValue = {
  tiles: tianditu('vec'),
  labels: tianditu('cva'),
  datum: 'CGCS2000',
  largest_zoom: 18,
};

export function readBaseMap(text: string): BaseMapValue {
  const read: unknown = text === '' ? {} : JSON.parse(text);
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as BaseMapValue) : {};
}

/** The value with one part typed anew. */
export function withPart(value: BaseMapValue, part: Part, typed: string): BaseMapValue {
  const { [part]: _before, ...rest } = value;
  const text = typed.trim();
  if (text === '') return rest;
  return { ...rest, [part]: part === 'largest_zoom' && /^\d{1,3}$/.test(text) ? Number(text) : text };
}

type Field = { name: string; was: unknown; is: unknown };

const fieldsOf = (values: unknown): Record<string, unknown> =>
  typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : {};

/** What a border is kept under: nobody reads a fingerprint, so a change of one is told by its area. */
const [SHAPE, AREA] = ['shape', 'area_m2'];
/** Of water or roads, whose shape is a whole layer: told by its lines and areas, and kilometres of the lines. */
const [FEATURES, AREAS, LENGTH] = ['features', 'areas', 'length_km'];
const OF_BORDER = new Set([SHAPE, AREA]);
const OF_LAYER = new Set([SHAPE, AREA, FEATURES, AREAS, LENGTH]);

/** The fields that become others; of something new those that say anything. `order` is that of the columns. */
export function differing(before: unknown, after: unknown, order: readonly string[] = []): Field[] {
  const was = fieldsOf(before);
  const told = LENGTH in fieldsOf(after) ? OF_LAYER : OF_BORDER;
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.entries(fieldsOf(after))
    .filter(([name]) => !told.has(name))
    .map(([name, is]) => ({ name, was: was[name] ?? null, is: is ?? null }))
    .filter(({ was: old, is }) => JSON.stringify(old) !== JSON.stringify(is))
    .sort((one, other) => place(one.name) - place(other.name));
}

export type Border = { says: 'NEW' | 'LARGER' | 'SMALLER' | 'MOVED' | 'GONE'; squareMetres: number };

type Size = { lines: number; kilometres: number; areas: number };
export type Layer = { now: Size; before: Size | null };

const sizeOf = (values: Record<string, unknown>): Size | null => {
  const [features, areas, kilometres] = [values[FEATURES], values[AREAS], values[LENGTH]];
  if (typeof features !== 'number' || typeof areas !== 'number' || typeof kilometres !== 'number') return null;
  return { lines: features - areas, kilometres, areas };
};

/** What becomes of a layer; null where it stays or the row is none. The same rule as the server's sheets. */
export function differingLayer(before: unknown, after: unknown): Layer | null {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const now = sizeOf(is);
  if (now === null || (was[SHAPE] ?? null) === (is[SHAPE] ?? null)) return null;
  return { now, before: sizeOf(was) };
}

/** What becomes of a row's border; null where it stays or there is none. The same rule as the server's sheets. */
export function differingBorder(before: unknown, after: unknown): Border | null {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const [old, now] = [was[SHAPE] ?? null, is[SHAPE] ?? null];
  if (old === now) return null;
  if (now === null) return { says: 'GONE', squareMetres: 0 };
  if (LENGTH in is) return null;
  const area = is[AREA];
  const known = old === null ? 0 : was[AREA];
  if (typeof area !== 'number' || typeof known !== 'number') return { says: 'MOVED', squareMetres: 0 };
  if (old === null) return { says: 'NEW', squareMetres: area };
  const more = area - known;
  return { says: more > 0 ? 'LARGER' : more < 0 ? 'SMALLER' : 'MOVED', squareMetres: Math.abs(more) };
}

/** A value for people; nothing is the empty text. */
export function shown(value: unknown): string {
  if (value == null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

type Field = { name: string; was: unknown; is: unknown };

const fieldsOf = (values: unknown): Record<string, unknown> =>
  typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : {};

/** The fields that become others; of something new those that say anything. */
export function differing(before: unknown, after: unknown): Field[] {
  const was = fieldsOf(before);
  return Object.entries(fieldsOf(after))
    .map(([name, is]) => ({ name, was: was[name] ?? null, is: is ?? null }))
    .filter(({ was: old, is }) => JSON.stringify(old) !== JSON.stringify(is));
}

/** A value for people; nothing is the empty text. */
export function shown(value: unknown): string {
  if (value == null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

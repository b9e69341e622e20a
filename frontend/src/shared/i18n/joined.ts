/** Words of a page or of a part of it: groups of keys. */
export type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The parts as one catalogue. Several parts may add to one group, as all do to `refusal`. */
export function joined(parts: readonly Words[]): Words {
  const whole: Record<string, Readonly<Record<string, string>>> = {};
  for (const [group, words] of parts.flatMap((part) => Object.entries(part))) {
    whole[group] = { ...whole[group], ...words };
  }
  return whole;
}

export type Denominator = { name: string; count: number };

/**
 * The denominators that the server names in words, such as `建档客户 800 户；网格内客户 1000 户`.
 * The first comes as a number of its own (`denominatorCount`), which goes before the words; older figures have none.
 * Empty where neither tells a count: then the words are shown as they are.
 */
export function denominatorsOf(words: string, first: number | null): Denominator[] {
  const found = words.split('；').flatMap((part) => {
    const named = /^(.+?)\s*(\d[\d,]*)\s*户$/.exec(part.trim());
    return named ? [{ name: named[1]!, count: Number(named[2]!.replaceAll(',', '')) }] : [];
  });
  if (first === null) return found;
  return [{ name: found[0]?.name ?? words, count: first }, ...found.slice(1)];
}

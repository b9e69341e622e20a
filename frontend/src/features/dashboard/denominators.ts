export type Denominator = { name: string; count: number };

/**
 * The denominators that the server names in words, such as `建档客户 800 户；网格内客户 1000 户`.
 * Empty where the words hold no count: then the words are shown as they are.
 */
export function denominatorsOf(words: string): Denominator[] {
  return words.split('；').flatMap((part) => {
    const found = /^(.+?)\s*(\d[\d,]*)\s*户$/.exec(part.trim());
    return found ? [{ name: found[1]!, count: Number(found[2]!.replaceAll(',', '')) }] : [];
  });
}

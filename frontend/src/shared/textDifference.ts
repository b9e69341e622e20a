export type DifferentLine = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

const MOST_CELLS = 4_000_000;

/** What becomes of a text, line by line: the longest lines in common stay, all others go or come. */
export function textDifference(before: string, after: string): DifferentLine[] {
  const [was, becomes] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < was.length && head < becomes.length && was[head] === becomes[head]) head += 1;
  let tail = 0;
  while (tail < was.length - head && tail < becomes.length - head && was.at(-1 - tail) === becomes.at(-1 - tail))
    tail += 1;
  const same = (text: string): DifferentLine => ({ kind: 'same', text });
  return [
    ...was.slice(0, head).map(same),
    ...between(was.slice(head, was.length - tail), becomes.slice(head, becomes.length - tail)),
    ...was.slice(was.length - tail).map(same),
  ];
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

function between(was: string[], becomes: string[]): DifferentLine[] {
  const width = becomes.length + 1;
  // Two texts that have nothing to do with each other: one goes, the other comes.
  if ((was.length + 1) * width > MOST_CELLS) return [...gone(was), ...come(becomes)];
  const common = new Uint32Array((was.length + 1) * width);
  for (let i = was.length - 1; i >= 0; i -= 1)
    for (let j = becomes.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        was[i] === becomes[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
  const found: DifferentLine[] = [];
  let [i, j] = [0, 0];
  while (i < was.length && j < becomes.length) {
    if (was[i] === becomes[j]) {
      found.push({ kind: 'same', text: was[i]! });
      i += 1;
      j += 1;
    } else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!) {
      found.push({ kind: 'removed', text: was[i]! });
      i += 1;
    } else {
      found.push({ kind: 'added', text: becomes[j]! });
      j += 1;
    }
  }
  return [...found, ...gone(was.slice(i)), ...come(becomes.slice(j))];
}

const gone = (lines: string[]) => lines.map((text): DifferentLine => ({ kind: 'removed', text }));
const come = (lines: string[]) => lines.map((text): DifferentLine => ({ kind: 'added', text }));

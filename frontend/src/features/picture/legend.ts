export type LegendRow = { words: string; colour: string; edge: string | null; isRound: boolean };
export type Legend = { title: string; notes: string[]; rows: LegendRow[] };

/** Part by part; of a choice what is chosen alone, as nobody chooses on paper. */
function textOf(element: Element): string {
  const said = element.cloneNode(true) as Element;
  said.querySelectorAll('[aria-pressed="false"]').forEach((other) => other.remove());
  const parts = [...said.childNodes].map((part) => part.textContent?.replace(/\s+/g, ' ').trim());
  return parts.filter(Boolean).join(' ');
}

/** What the legend on the page says, as it stands: the picture can say nothing else than the map it was taken of. */
export function legendOf(legend: Element): Legend {
  const heading = legend.querySelector('h2');
  return {
    title: heading ? textOf(heading) : '',
    notes: [...legend.querySelectorAll(':scope > p')].map(textOf),
    rows: [...legend.querySelectorAll('li')].map((row) => {
      const style = row.firstElementChild ? getComputedStyle(row.firstElementChild) : null;
      return {
        words: textOf(row),
        // A gradient ends in what it says of the most.
        colour: style?.backgroundImage.match(/rgba?\([^)]*\)(?=\s*(?:\d+%)?\)$)/)?.[0] ?? style?.backgroundColor ?? '',
        edge: style && Number.parseFloat(style.borderTopWidth) >= 2 ? style.borderTopColor : null,
        isRound: style?.borderTopLeftRadius === '50%',
      };
    }),
  };
}

export type LegendRow = { words: string; colour: string; edge: string | null; isRound: boolean };
export type Legend = { title: string; notes: string[]; rows: LegendRow[] };

const textOf = (element: Element) => element.textContent.replace(/\s+/g, ' ').trim();

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

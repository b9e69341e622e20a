import type { ReactNode } from 'react';

type Props = { isChosen: boolean; onChoose: () => void; children: ReactNode };

/** A choice under the thumb: pressed or not. Chips stand side by side in `.chips`. */
export function Chip({ isChosen, onChoose, children }: Props) {
  return (
    <button type="button" aria-pressed={isChosen} className={isChosen ? 'chip chip-chosen' : 'chip'} onClick={onChoose}>
      {children}
    </button>
  );
}

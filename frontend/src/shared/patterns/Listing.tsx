import type { ReactNode } from 'react';
import { Pager, type Turning } from './Pager';

type Props = {
  /** How many there are, as a sentence; read out when it changes. */
  count: string;
  /** The next answer is on its way; the last one stays readable. */
  isTurning?: boolean;
  pages?: Turning;
  children: ReactNode;
};

/** A list: how many, the rows, and the way to the others. */
export function Listing({ count, isTurning = false, pages, children }: Props) {
  return (
    <div className={isTurning ? 'turning' : undefined} aria-busy={isTurning}>
      <p className="count" role="status">
        {count}
      </p>
      {children}
      {pages && !(pages.isFirst && !pages.hasNext) && <Pager {...pages} />}
    </div>
  );
}

import { InfiniteScroll } from 'antd-mobile';
import type { ReactNode } from 'react';
import { Listing } from './Listing';

type Props = {
  count: string;
  hasMore: boolean;
  /** Asks for the next cards and says when they are there, or why not: the list then offers another try. */
  loadMore: (onDone: (error: Error | null) => void) => void;
  children: ReactNode;
};

/** The phone's list: whole cards are targets, and the next ones come before the thumb is at the end. */
export function EndlessCards({ count, hasMore, loadMore, children }: Props) {
  return (
    <Listing count={count}>
      <ul className="cards">{children}</ul>
      <InfiniteScroll
        hasMore={hasMore}
        loadMore={() =>
          new Promise<void>((resolve, reject) => loadMore((error) => (error ? reject(error) : resolve())))
        }
      />
    </Listing>
  );
}

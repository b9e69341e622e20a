import { useEffect, useMemo, useState } from 'react';
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay';
import type {
  useMapRouteMatchingQuery,
  useMapRouteMatchingQuery$variables,
} from '@/__generated__/useMapRouteMatchingQuery.graphql';
import { askOfSearch, filterOfAsk, searchOfAsk, withChange } from '@/features/customers/filter';
import type { Matching } from '@/features/grids/matching';
import { failureSentence } from '@/shared/failure';

const MATCHING = graphql`
  query useMapRouteMatchingQuery($filter: CustomerFilter) {
    customerGroups(by: [GRID], filter: $filter) {
      customers
      grid {
        id
        parent {
          id
        }
      }
    }
    customers(first: 500, filter: $filter) {
      totalCount {
        value
        isExact
      }
      edges {
        node {
          id
          tier
          location {
            lonDeg
            latDeg
          }
        }
      }
    }
  }
`;

type Answer = useMapRouteMatchingQuery['response'];

/** How many of each grid match, large grids as the sums of theirs; and where they are, where they are few enough. */
export function matchingOf({ customerGroups, customers }: Answer): Omit<Matching, 'list'> {
  const counts = new Map<string, number>();
  const add = (id: string | undefined, more: number) => {
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + more);
  };
  for (const { grid, customers: more } of customerGroups) {
    add(grid?.id, more);
    add(grid?.parent?.id, more);
  }
  const isWhole = customers.totalCount.isExact && customers.totalCount.value <= customers.edges.length;
  const located = isWhole ? customers.edges.filter(({ node }) => node.location) : [];
  const dots = located.map(({ node: { id, tier, location } }) => {
    const at: [number, number] = [location!.lonDeg, location!.latDeg];
    return { at, properties: { id, tier } };
  });
  const total = customerGroups.reduce((sum, one) => sum + one.customers, 0);
  return { counts, total, dots, isWhole };
}

/** The list's question on the map, as the address carries it: the same predicate, counted by grid. */
export function useMapRouteMatching(list: string | null) {
  const environment = useRelayEnvironment();
  const [matching, setMatching] = useState<Matching | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const ask = useMemo(() => (list === null ? null : askOfSearch(new URLSearchParams(list))), [list]);
  useEffect(() => {
    setMatching(null);
    setFailure(null);
    if (ask === null) return undefined;
    const filter = filterOfAsk(ask) as useMapRouteMatchingQuery$variables['filter'];
    const back = searchOfAsk(withChange(ask, {})).toString();
    const asked = fetchQuery<useMapRouteMatchingQuery>(environment, MATCHING, { filter }).subscribe({
      next: (answer) => setMatching({ list: back, ...matchingOf(answer) }),
      error: (wrong: unknown) => setFailure(failureSentence(wrong)),
    });
    return () => asked.unsubscribe();
  }, [environment, ask]);
  return { matching, failure };
}

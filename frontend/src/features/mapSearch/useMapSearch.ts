import { useEffect, useState } from 'react';
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay';
import type { useMapSearchCustomersQuery } from '@/__generated__/useMapSearchCustomersQuery.graphql';
import type { useMapSearchQuery } from '@/__generated__/useMapSearchQuery.graphql';
import { failureSentence } from '@/shared/failure';

export type Hit = { id: string; name: string; detail: string };
export type Group = 'towns' | 'grids' | 'lists' | 'outlets' | 'atoms' | 'customers';
type Hits = Partial<Record<Group, readonly Hit[]>>;
export type MapSearching = { hits: Hits; isSearching: boolean; failure: string | null };

/** Nothing is asked before somebody stops typing. */
const PAUSE_MS = 250;

const PLACES = graphql`
  query useMapSearchQuery($text: String!) {
    towns: mapPlaces(first: 3, filter: { text: $text, kind: [TOWN] }) {
      edges {
        node {
          id
          name
          within
        }
      }
    }
    villages: mapPlaces(first: 4, filter: { text: $text, kind: [VILLAGE] }) {
      edges {
        node {
          id
          name
          within
        }
      }
    }
    grids: mapPlaces(first: 4, filter: { text: $text, kind: [LARGE, SMALL] }) {
      edges {
        node {
          id
          name
          within
        }
      }
    }
    lists: grids(level: LIST) {
      id
      code
      name
    }
    outlets: mapPlaces(first: 3, filter: { text: $text, kind: [OUTLET] }) {
      edges {
        node {
          id
          name
          within
        }
      }
    }
    atoms: mapPlaces(first: 3, filter: { text: $text, kind: [ATOM] }) {
      edges {
        node {
          id
          name
          within
        }
      }
    }
  }
`;

const CUSTOMERS = graphql`
  query useMapSearchCustomersQuery($text: String!) {
    customers(first: 4, filter: { text: $text, status: [ACTIVE] }) {
      edges {
        node {
          id
          name
          phone
          grid {
            id
            name
          }
        }
      }
    }
  }
`;

type Places = { readonly edges: readonly { readonly node: { id: string; name: string; within: string } }[] };
/** A list has no shape: what is chosen is the question for its customers. */
export const OF_LIST = 'list:';
const MOST_LISTS = 4;

function listsCalled(lists: readonly { id: string; code: string; name: string }[], text: string): Hit[] {
  const wanted = text.toLowerCase();
  return lists
    .filter(({ code, name }) => `${name} ${code}`.toLowerCase().includes(wanted))
    .slice(0, MOST_LISTS)
    .map(({ id, code, name }) => ({ id: OF_LIST + id, name, detail: code }));
}

const hitsOf = ({ edges }: Places): Hit[] => edges.map(({ node }) => ({ ...node, detail: node.within }));

/** What is called like the text, place by place and customer by customer; an answer to older words is not heard. */
export function useMapSearch(text: string, canSeeCustomers: boolean): MapSearching {
  const environment = useRelayEnvironment();
  const [hits, setHits] = useState<Hits>({});
  const [waitsFor, setWaitsFor] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const wanted = text.trim();
  useEffect(() => {
    setHits({});
    setFailure(null);
    setWaitsFor(wanted === '' ? 0 : canSeeCustomers ? 2 : 1);
    if (wanted === '') return undefined;
    const done = () => setWaitsFor((left) => left - 1);
    const hear = (found: Hits) => setHits((before) => ({ ...before, ...found }));
    const error = (wrong: unknown) => {
      setFailure(failureSentence(wrong));
      done();
    };
    const asked: { unsubscribe: () => void }[] = [];
    const timer = setTimeout(() => {
      asked.push(
        fetchQuery<useMapSearchQuery>(environment, PLACES, { text: wanted }).subscribe({
          next: ({ towns, villages, grids, lists, outlets, atoms }) =>
            hear({
              towns: [...hitsOf(towns), ...hitsOf(villages)],
              grids: hitsOf(grids),
              lists: canSeeCustomers ? listsCalled(lists, wanted) : [],
              outlets: hitsOf(outlets),
              atoms: hitsOf(atoms),
            }),
          complete: done,
          error,
        }),
      );
      if (!canSeeCustomers) return;
      asked.push(
        fetchQuery<useMapSearchCustomersQuery>(environment, CUSTOMERS, { text: wanted }).subscribe({
          next: ({ customers }) =>
            hear({
              customers: customers.edges.map(({ node: { id, name, phone, grid } }) => ({
                id,
                name,
                detail: [phone, grid?.name].filter(Boolean).join(' · '),
              })),
            }),
          complete: done,
          error,
        }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      for (const one of asked) one.unsubscribe();
    };
  }, [environment, wanted, canSeeCustomers]);
  return { hits, isSearching: waitsFor > 0, failure };
}

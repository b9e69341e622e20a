import { useEffect, useState } from 'react';
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay';
import type { useFoundCustomerQuery } from '@/__generated__/useFoundCustomerQuery.graphql';
import type { useFoundQuery } from '@/__generated__/useFoundQuery.graphql';
import { failureSentence } from '@/shared/failure';
import { around, boundsOf, type Spotlight } from '@/shared/map/geometry';

/** What was looked for: its name, where it is, and what is to be said of that. `spot` is null where it has no place. */
export type Found = {
  id: string;
  name: string;
  detail: string;
  spot: Spotlight | null;
  remark: 'inMiddle' | 'noPlace' | null;
};
type Looking = { id: string; found: Found | null; failure: string | null };

const PLACE = graphql`
  query useFoundQuery($id: ID!) {
    mapPlaces(first: 1, filter: { id: [$id] }) {
      edges {
        node {
          id
          name
          within
          westDeg
          southDeg
          eastDeg
          northDeg
          boundary
        }
      }
    }
  }
`;

const CUSTOMER = graphql`
  query useFoundCustomerQuery($id: ID!) {
    customer(id: $id) {
      id
      name
      location {
        lonDeg
        latDeg
        method
      }
      grid {
        id
        name
        boundary
      }
    }
  }
`;

type Place = useFoundQuery['response']['mapPlaces']['edges'][number]['node'];
type Customer = NonNullable<useFoundCustomerQuery['response']['customer']>;

function placeFound({ id, name, within, westDeg, southDeg, eastDeg, northDeg, boundary }: Place): Found {
  const at: [number, number] = [(westDeg + eastDeg) / 2, (southDeg + northDeg) / 2];
  const bounds: [number, number, number, number] = [westDeg, southDeg, eastDeg, northDeg];
  const spot = { id, bounds, outline: boundary ?? null, at: boundary ? null : at };
  return { id, name, detail: within, spot, remark: null };
}

/** At his own place; in his grid where the place is not shown or there is none. */
export function customerFound({ id, name, location, grid }: Customer): Found {
  const detail = grid?.name ?? '';
  if (location && location.method !== 'GRID') {
    const at: [number, number] = [location.lonDeg, location.latDeg];
    return { id, name, detail, spot: { id, bounds: around(at), outline: null, at }, remark: null };
  }
  const bounds = grid ? boundsOf([grid.boundary]) : null;
  if (!grid || !bounds) return { id, name, detail, spot: null, remark: 'noPlace' };
  return { id, name, detail, spot: { id, bounds, outline: grid.boundary, at: null }, remark: 'inMiddle' };
}

/** Reads what the address names; null where it names nothing or the answer is still on its way. */
export function useFound(id: string | null): Looking | null {
  const environment = useRelayEnvironment();
  const [looking, setLooking] = useState<Looking | null>(null);
  useEffect(() => {
    setLooking(null);
    if (id === null) return undefined;
    const tell = (found: Found | null) => setLooking({ id, found, failure: null });
    const error = (wrong: unknown) => setLooking({ id, found: null, failure: failureSentence(wrong) });
    const asked = id.startsWith('Customer:')
      ? fetchQuery<useFoundCustomerQuery>(environment, CUSTOMER, { id }).subscribe({
          next: ({ customer }) => tell(customer ? customerFound(customer) : null),
          error,
        })
      : fetchQuery<useFoundQuery>(environment, PLACE, { id }).subscribe({
          next: ({ mapPlaces }) => tell(mapPlaces.edges[0] ? placeFound(mapPlaces.edges[0].node) : null),
          error,
        });
    return () => asked.unsubscribe();
  }, [environment, id]);
  return looking;
}

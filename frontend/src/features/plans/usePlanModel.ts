import { useMemo } from 'react';
import { graphql, useFragment } from 'react-relay';
import type { usePlanModel_atoms$key } from '@/__generated__/usePlanModel_atoms.graphql';
import type { usePlanModel_grids$key } from '@/__generated__/usePlanModel_grids.graphql';
import { type Model, modelOf } from './model';

/** A draft as the page holds it: everything that can be worked out while somebody drags is worked out of this. */
export function usePlanModel(atomsKey: usePlanModel_atoms$key, gridsKey: usePlanModel_grids$key): Model {
  const atoms = useFragment(
    graphql`
      fragment usePlanModel_atoms on PlanAtom @relay(plural: true) {
        id
        code
        name
        village
        town
        townCode
        gridCode
        lonDeg
        latDeg
        nowGridCode
        nowOutletCode
        nowStaffNumber
        neighbourIds
        figures {
          customers
          keyCustomers
          households
          merchants
          minutes
        }
      }
    `,
    atomsKey,
  );
  const grids = useFragment(
    graphql`
      fragment usePlanModel_grids on PlanGrid @relay(plural: true) {
        code
        name
        level
        parentCode
        outletCode
        outlet
        atoms
        a {
          number
          name
          fullTimePercent
        }
        b {
          number
          name
          fullTimePercent
        }
        figures {
          customers
          keyCustomers
          households
          merchants
          minutes
          changesHands
        }
      }
    `,
    gridsKey,
  );
  return useMemo(() => modelOf(atoms, grids), [atoms, grids]);
}

import { Suspense } from 'react';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { PlanRouteProposalsQuery } from '@/__generated__/PlanRouteProposalsQuery.graphql';
import { ProposalCard } from '@/features/parameters/ProposalCard';
import '@/features/parameters/parameters.css';

type Props = { planId: string; asked: number; onDone: () => void };

const NO_VALUE = { type: 'TEXT', unit: '', allowed: [] };

/** Beside the plan: what waits for a second person's word on it. */
export function PlanRouteProposals(props: Props) {
  return (
    <Suspense fallback={null}>
      <Open {...props} />
    </Suspense>
  );
}

function Open({ planId, asked, onDone }: Props) {
  const { proposals } = useLazyLoadQuery<PlanRouteProposalsQuery>(
    graphql`
      query PlanRouteProposalsQuery {
        proposals(first: 50, state: OPEN) {
          edges {
            node {
              id
              subject
              ...ProposalCard_proposal
            }
          }
        }
      }
    `,
    {},
    { fetchKey: asked, fetchPolicy: 'store-and-network' },
  );
  const ofPlan = proposals.edges.filter(({ node }) => node.subject === planId);
  if (ofPlan.length === 0) return null;
  return (
    <ul className="proposals">
      {ofPlan.map(({ node }) => (
        <ProposalCard key={node.id} proposal={node} kindOf={() => NO_VALUE} onDone={onDone} />
      ))}
    </ul>
  );
}

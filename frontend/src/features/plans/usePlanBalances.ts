import { useEffect, useState, useTransition } from 'react';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { usePlanBalancesQuery, usePlanBalancesQuery$data } from '@/__generated__/usePlanBalancesQuery.graphql';

export type Balance = usePlanBalancesQuery$data['planBalances'][number];
export type Proposal = Balance['proposals'][number];

const EVERY_MS = 1_000;

/** The balance that was asked for last, read again while a worker is at it. */
export function usePlanBalances(planId: string): { balance: Balance | null; askAgain: () => void } {
  const [asked, setAsked] = useState(0);
  const [, startTransition] = useTransition();
  const { planBalances } = useLazyLoadQuery<usePlanBalancesQuery>(
    graphql`
      query usePlanBalancesQuery($plan: ID!) {
        planBalances(planId: $plan) {
          id
          planVersion
          state
          progress
          error {
            code
            ...useStatement_said
          }
          askedBy {
            name
          }
          askedAt
          proposals {
            id
            character
            outlets
            evenBefore
            evenAfter
            customers
            atomsMoved
            postsChanged
            awayMBefore
            awayMAfter
            moves
            appliedVersion
            byOutlet {
              orgUnit {
                code
                name
              }
              evennessBefore
              evennessAfter
              obstacle
              obstacleWhat
              obstacleIsProven
            }
          }
        }
      }
    `,
    { plan: planId },
    { fetchKey: asked, fetchPolicy: 'network-only' },
  );
  const balance = planBalances[0] ?? null;
  const askAgain = () => startTransition(() => setAsked((count) => count + 1));
  const isOpen = balance?.state === 'WAITING' || balance?.state === 'RUNNING';
  useEffect(() => {
    if (!isOpen) return undefined;
    const timer = window.setTimeout(() => startTransition(() => setAsked((count) => count + 1)), EVERY_MS);
    return () => window.clearTimeout(timer);
  }, [isOpen, asked]);
  return { balance, askAgain };
}

import { useRef, useState } from 'react';
import { commitMutation, graphql, useRelayEnvironment } from 'react-relay';
import type { GraphQLTaggedNode, MutationParameters } from 'relay-runtime';
import type { ChangePlanInput } from '@/__generated__/usePlanActsChangeMutation.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import { newUuid } from '@/shared/uuid';

export type Act = Omit<ChangePlanInput, 'idempotencyKey' | 'planId' | 'version'>;
export type Step = 'undo' | 'redo' | 'check' | 'discard' | 'recall';
/** What somebody wants of a draft: kept until it is done or given up, so that a clash loses nothing. */
export type Wish = { step: Step } | { act: Act };

export const CLASH = 'PLAN_CHANGED_MEANWHILE';

const CHANGE = graphql`
  mutation usePlanActsChangeMutation($input: ChangePlanInput!) {
    done: changePlan(input: $input) {
      ...usePlanActs_result @relay(mask: false)
    }
  }
`;
const STEPS: Record<Step, GraphQLTaggedNode> = {
  undo: graphql`
    mutation usePlanActsUndoMutation($input: PlanVersionInput!) {
      done: undoPlanChange(input: $input) {
        ...usePlanActs_result @relay(mask: false)
      }
    }
  `,
  redo: graphql`
    mutation usePlanActsRedoMutation($input: PlanVersionInput!) {
      done: redoPlanChange(input: $input) {
        ...usePlanActs_result @relay(mask: false)
      }
    }
  `,
  check: graphql`
    mutation usePlanActsCheckMutation($input: PlanVersionInput!) {
      done: checkPlan(input: $input) {
        ...usePlanActs_result @relay(mask: false)
      }
    }
  `,
  discard: graphql`
    mutation usePlanActsDiscardMutation($input: EndPlanInput!) {
      done: discardPlan(input: $input) {
        ...usePlanActs_result @relay(mask: false)
      }
    }
  `,
  recall: graphql`
    mutation usePlanActsRecallMutation($input: EndPlanInput!) {
      done: recallPlan(input: $input) {
        ...usePlanActs_result @relay(mask: false)
      }
    }
  `,
};
void graphql`
  fragment usePlanActs_result on PlanResult {
    __typename
    ... on PlanSuccess {
      plan {
        id
        state
        version
      }
    }
    ... on PlanNotChanged {
      code
      message
    }
  }
`;

type Done = {
  readonly __typename: string;
  readonly plan?: object;
  readonly code?: string;
  readonly message?: string;
};
type Trouble = { sentence: string; isClash: boolean; wish: Wish };

/** Acts on a draft, one after another; each stands on the version that the page shows. */
export function usePlanActs(planId: string, version: number, onStale: () => void) {
  const environment = useRelayEnvironment();
  const [isWaiting, setWaiting] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const kept = useRef<{ wish: Wish; key: string; version: number } | null>(null);

  /** Resolves with whether it was done. The same wish, sent again where no answer came, is the same request: its key and
   * the version that it stood on, whatever has been read since. */
  const carryOut = (wish: Wish): Promise<boolean> => {
    if (kept.current?.wish !== wish) kept.current = { wish, key: newUuid(), version };
    const { key: idempotencyKey, version: stoodOn } = kept.current;
    const isEnd = 'step' in wish && (wish.step === 'discard' || wish.step === 'recall');
    const input = {
      idempotencyKey,
      planId,
      ...(isEnd ? {} : { version: stoodOn }),
      ...('act' in wish ? wish.act : {}),
    };
    setWaiting(true);
    setTrouble(null);
    return new Promise((resolve) => {
      const end = (found: Trouble | null) => {
        setWaiting(false);
        setTrouble(found);
        resolve(found === null);
      };
      commitMutation<MutationParameters & { response: { readonly done: Done } }>(environment, {
        mutation: 'act' in wish ? CHANGE : STEPS[wish.step],
        variables: { input },
        onCompleted: ({ done: { plan, code = '', message = '' } }) => {
          kept.current = null;
          // Whoever clashed sees the draft as it is now before he decides.
          if (code === CLASH) onStale();
          if (!plan) return end({ sentence: refusalSentence(code, message), isClash: code === CLASH, wish });
          end(null);
          return onStale();
        },
        onError: (error) => end({ sentence: failureSentence(error), isClash: false, wish }),
      });
    });
  };
  return { carryOut, isWaiting, trouble, forget: () => setTrouble(null) };
}

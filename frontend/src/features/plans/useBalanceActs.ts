import { useState } from 'react';
import { commitMutation, graphql, useRelayEnvironment } from 'react-relay';
import type { GraphQLTaggedNode, MutationParameters } from 'relay-runtime';
import type { AskPlanBalanceInput } from '@/__generated__/useBalanceActsAskMutation.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import { newUuid } from '@/shared/uuid';

export type Asked = Omit<AskPlanBalanceInput, 'idempotencyKey' | 'planId'>;

const ASK = graphql`
  mutation useBalanceActsAskMutation($input: AskPlanBalanceInput!) {
    done: askPlanBalance(input: $input) {
      __typename
      ... on PlanBalanceNotDone {
        code
        message
      }
    }
  }
`;
const STOP = graphql`
  mutation useBalanceActsStopMutation($input: StopPlanBalanceInput!) {
    done: stopPlanBalance(input: $input) {
      __typename
      ... on PlanBalanceNotDone {
        code
        message
      }
    }
  }
`;
const TAKE = graphql`
  mutation useBalanceActsTakeMutation($input: ApplyPlanProposalInput!) {
    done: applyPlanProposal(input: $input) {
      __typename
      ... on PlanBalanceNotDone {
        code
        message
      }
    }
  }
`;

type Done = { readonly __typename: string; readonly code?: string; readonly message?: string };

/** Asks for proposals, stops that, and takes one over; the same request goes again under its key where no answer came. */
export function useBalanceActs(planId: string) {
  const environment = useRelayEnvironment();
  const [sentence, setSentence] = useState<string | null>(null);
  const [isWaiting, setWaiting] = useState(false);
  const [idempotencyKey, setKey] = useState(newUuid);
  const carryOut = (mutation: GraphQLTaggedNode, input: object, onDone: () => void) => {
    setWaiting(true);
    setSentence(null);
    commitMutation<MutationParameters & { response: { readonly done: Done } }>(environment, {
      mutation,
      variables: { input: { idempotencyKey, ...input } },
      onCompleted: ({ done: { __typename, code = '', message = '' } }) => {
        setWaiting(false);
        setKey(newUuid());
        if (__typename === 'PlanBalanceNotDone') setSentence(refusalSentence(code, message));
        else onDone();
      },
      onError: (error) => {
        setWaiting(false);
        setSentence(failureSentence(error));
      },
    });
  };
  return {
    sentence,
    isWaiting,
    ask: (asked: Asked, onDone: () => void) => carryOut(ASK, { planId, ...asked }, onDone),
    stop: (balanceId: string, onDone: () => void) => carryOut(STOP, { balanceId }, onDone),
    take: (proposalId: string, onDone: () => void) => carryOut(TAKE, { proposalId }, onDone),
  };
}

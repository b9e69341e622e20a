import { graphql, useMutation } from 'react-relay';
import type { useOwnershipActsEndMutation } from '@/__generated__/useOwnershipActsEndMutation.graphql';
import type { useOwnershipActsProposeMutation } from '@/__generated__/useOwnershipActsProposeMutation.graphql';
import type {
  OwnershipRuleInput,
  useOwnershipActsTryMutation,
} from '@/__generated__/useOwnershipActsTryMutation.graphql';
import type { TrialResult_trial$key } from '@/__generated__/TrialResult_trial.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

export type { OwnershipRuleInput };

/** Tries a rule; nothing is written. */
export function useTryRule(onDone: (trial: TrialResult_trial$key) => void) {
  const { sentence, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useOwnershipActsTryMutation>(graphql`
    mutation useOwnershipActsTryMutation($input: OwnershipRuleInput) {
      tryOwnershipRule(input: $input) {
        __typename
        ... on OwnershipTrialSuccess {
          trial {
            ...TrialResult_trial
          }
        }
        ... on OwnershipNotChanged {
          code
          message
        }
      }
    }
  `);
  const tryRule = (input: OwnershipRuleInput) => {
    begin();
    commit({
      variables: { input },
      onCompleted: ({ tryOwnershipRule: result }) => {
        if (result.__typename === 'OwnershipTrialSuccess') onDone(result.trial);
        else if (result.__typename === 'OwnershipNotChanged') refuse(result);
      },
      onError: fail,
    });
  };
  return { tryRule, isWaiting, sentence };
}

/** Proposes a rule from a day on. */
export function useProposeRule(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useOwnershipActsProposeMutation>(graphql`
    mutation useOwnershipActsProposeMutation($input: ProposeOwnershipRuleInput!) {
      proposeOwnershipRule(input: $input) {
        __typename
        ... on ProposalSuccess {
          proposal {
            id
            state
          }
        }
        ... on ProposalNotDone {
          code
          message
        }
      }
    }
  `);
  const propose = (rule: OwnershipRuleInput, fromOn: string, reason: string) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, rule, fromOn, reason } },
      onCompleted: ({ proposeOwnershipRule: result }) => {
        if (result.__typename === 'ProposalSuccess') onDone();
        else if (result.__typename === 'ProposalNotDone') refuse(result);
      },
      onError: fail,
    });
  };
  return { propose, isWaiting, sentence };
}

/** Proposes that a rule end on a day. */
export function useEndRule(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useOwnershipActsEndMutation>(graphql`
    mutation useOwnershipActsEndMutation($input: EndOwnershipRuleInput!) {
      endOwnershipRule(input: $input) {
        __typename
        ... on ProposalSuccess {
          proposal {
            id
            state
          }
        }
        ... on ProposalNotDone {
          code
          message
        }
      }
    }
  `);
  const end = (code: string, on: string, reason: string) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, code, on, reason } },
      onCompleted: ({ endOwnershipRule: result }) => {
        if (result.__typename === 'ProposalSuccess') onDone();
        else if (result.__typename === 'ProposalNotDone') refuse(result);
      },
      onError: fail,
    });
  };
  return { end, isWaiting, sentence };
}

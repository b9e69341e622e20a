import { graphql, useMutation } from 'react-relay';
import type { useLeaveEndMutation } from '@/__generated__/useLeaveEndMutation.graphql';
import type { useLeaveEnterMutation } from '@/__generated__/useLeaveEnterMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

type Wish = { staffNumber: string; fromOn: string; toOn: string | null };

/** Enters a leave, or takes one back; today's walks follow at once. */
export function useLeave(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commitEnter, isEntering] = useMutation<useLeaveEnterMutation>(graphql`
    mutation useLeaveEnterMutation($input: EnterLeaveInput!) {
      enterLeave(input: $input) {
        __typename
        ... on LeaveSuccess {
          staff {
            id
            leave {
              from
              to
            }
          }
        }
        ... on LeaveNotEntered {
          code
          message
        }
      }
    }
  `);
  const [commitEnd, isEnding] = useMutation<useLeaveEndMutation>(graphql`
    mutation useLeaveEndMutation($input: EndLeaveInput!) {
      endLeave(input: $input) {
        __typename
        ... on LeaveSuccess {
          staff {
            id
            leave {
              from
              to
            }
          }
        }
        ... on LeaveNotEntered {
          code
          message
        }
      }
    }
  `);
  const enter = (wish: Wish) => {
    begin();
    commitEnter({
      variables: { input: { idempotencyKey, ...wish } },
      onCompleted: ({ enterLeave: result }) => {
        if (result.__typename === 'LeaveSuccess') onDone();
        else if (result.__typename === 'LeaveNotEntered') refuse(result);
      },
      onError: fail,
    });
  };
  const end = (staffNumber: string) => {
    begin();
    commitEnd({
      variables: { input: { idempotencyKey, staffNumber } },
      onCompleted: ({ endLeave: result }) => {
        if (result.__typename === 'LeaveSuccess') onDone();
        else if (result.__typename === 'LeaveNotEntered') refuse(result);
      },
      onError: fail,
    });
  };
  return { enter, end, isWaiting: isEntering || isEnding, sentence };
}

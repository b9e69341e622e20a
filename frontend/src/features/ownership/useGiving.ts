import { graphql, useMutation } from 'react-relay';
import type { useGivingEndMutation } from '@/__generated__/useGivingEndMutation.graphql';
import type { useGivingGiveMutation } from '@/__generated__/useGivingGiveMutation.graphql';
import type { KeepListGridInput, useGivingKeepMutation } from '@/__generated__/useGivingKeepMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

type Wish = { customerId: string; staffNumber: string; reason: string; toOn: string };
export type ListWish = Omit<KeepListGridInput, 'idempotencyKey'>;

/** Gives a customer to a member of staff up to a day. */
export function useGiveCustomer(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useGivingGiveMutation>(graphql`
    mutation useGivingGiveMutation($input: GiveCustomerInput!) {
      giveCustomer(input: $input) {
        __typename
        ... on OwnerExceptionSuccess {
          exception {
            id
          }
        }
        ... on OwnershipNotChanged {
          code
          message
        }
      }
    }
  `);
  const give = (wish: Wish) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, ...wish } },
      onCompleted: ({ giveCustomer: result }) => {
        if (result.__typename === 'OwnerExceptionSuccess') onDone();
        else if (result.__typename === 'OwnershipNotChanged') refuse(result);
      },
      onError: fail,
    });
  };
  return { give, isWaiting, sentence };
}

/** Ends an exception today. */
export function useEndException(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useGivingEndMutation>(graphql`
    mutation useGivingEndMutation($input: EndOwnerExceptionInput!) {
      endOwnerException(input: $input) {
        __typename
        ... on OwnerExceptionSuccess {
          exception {
            id
            isOpen
          }
        }
        ... on OwnershipNotChanged {
          code
          message
        }
      }
    }
  `);
  const end = (exceptionId: string) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, exceptionId } },
      onCompleted: ({ endOwnerException: result }) => {
        if (result.__typename === 'OwnerExceptionSuccess') onDone();
        else if (result.__typename === 'OwnershipNotChanged') refuse(result);
      },
      onError: fail,
    });
  };
  return { end, isWaiting, sentence };
}

/** Makes a list, or changes it. */
export function useKeepList(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useGivingKeepMutation>(graphql`
    mutation useGivingKeepMutation($input: KeepListGridInput!) {
      keepListGrid(input: $input) {
        __typename
        ... on ListGridSuccess {
          listGrid {
            code
          }
        }
        ... on OwnershipNotChanged {
          code
          message
        }
      }
    }
  `);
  const keep = (wish: ListWish) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, ...wish } },
      onCompleted: ({ keepListGrid: result }) => {
        if (result.__typename === 'ListGridSuccess') onDone();
        else if (result.__typename === 'OwnershipNotChanged') refuse(result);
      },
      onError: fail,
    });
  };
  return { keep, isWaiting, sentence };
}

import { graphql, useMutation } from 'react-relay';
import type { useFullTimeMutation } from '@/__generated__/useFullTimeMutation.graphql';
import { useOneRequest } from '@/shared/patterns/useOneRequest';

/** Notes how much of full time somebody works from today on. */
export function useFullTime(onDone: () => void) {
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<useFullTimeMutation>(graphql`
    mutation useFullTimeMutation($input: SetFullTimeInput!) {
      setFullTime(input: $input) {
        __typename
        ... on FullTimeSuccess {
          staff {
            id
            fullTimePercent
          }
        }
        ... on FullTimeNotSet {
          code
          message
        }
      }
    }
  `);
  const set = (staffNumber: string, percent: number) => {
    begin();
    commit({
      variables: { input: { idempotencyKey, staffNumber, percent } },
      onCompleted: ({ setFullTime: result }) => {
        if (result.__typename === 'FullTimeSuccess') onDone();
        else if (result.__typename === 'FullTimeNotSet') refuse(result);
      },
      onError: fail,
    });
  };
  return { set, isWaiting, sentence };
}

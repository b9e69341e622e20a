import { fetchQuery, graphql } from 'react-relay';
import type { Environment } from 'relay-runtime';
import type { whoIsHereQuery } from '@/__generated__/whoIsHereQuery.graphql';

/** The id of whoever the server takes this browser for; asked anew each time. */
export async function whoIsHere(environment: Environment): Promise<string | null> {
  const answer = await fetchQuery<whoIsHereQuery>(
    environment,
    graphql`
      query whoIsHereQuery {
        viewer {
          staff {
            id
          }
        }
      }
    `,
    {},
    { networkCacheConfig: { force: true } },
  ).toPromise();
  return answer?.viewer?.staff.id ?? null;
}

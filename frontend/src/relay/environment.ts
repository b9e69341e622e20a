import { Environment, Network, RecordSource, Store } from 'relay-runtime';
import { GraphQLFailure, sendDocument } from './network';

/** One environment a session: what one person has read is never shown to the next. */
export function createEnvironment(onSignedOut: () => void): Environment {
  return new Environment({
    network: Network.create(async (request, variables) => {
      try {
        return await sendDocument(request, variables);
      } catch (error) {
        if (error instanceof GraphQLFailure && error.code === 'UNAUTHENTICATED') onSignedOut();
        throw error;
      }
    }),
    store: new Store(new RecordSource(), { gcReleaseBufferSize: 20 }),
  });
}

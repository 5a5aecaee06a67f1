import type { ConnectionGenerator } from '../iso/static-network/connection-generator';
import { StaticNetworkError } from '../iso/static-network/static-network-error';
import type { ServiceDeps } from '../services/deps';
import { Unavailable } from '../services/errors';

/** Checks the networks of hosts by what will make their connections. */
export function createNetworkCheck(connections: ConnectionGenerator, log: ServiceDeps['log']): ServiceDeps['checkNetworkYaml'] {
  return async (networkYaml) => {
    try {
      await connections.generate(networkYaml);
      return undefined;
    } catch (error) {
      if (error instanceof StaticNetworkError) return error.message;
      log.warn({ reason: error instanceof Error ? error.message : 'unknown', implementation: connections.implementation }, 'A static network could not be checked.');
      throw new Unavailable('The static network could not be checked. Try again; if that does not help, the program that checks it has to be looked at.', 5, { cause: error });
    }
  };
}

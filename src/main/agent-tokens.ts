import type { Settings } from '../config/schema';
import { findAgentToken } from '../domain/input/pull-secret';
import type { LocalTokens } from '../auth/local';

/** What the agents and the controller of a cluster show this service, as its authentication wants it; empty where it wants nothing. */
export function createAgentTokens({ settings, localTokens }: { settings: Settings; localTokens: LocalTokens | null }) {
  return async ({ clusterId, pullSecret }: { clusterId: string; pullSecret: string }): Promise<string> => {
    if (localTokens) return localTokens.issue(clusterId);
    return settings.AUTH_TYPE === 'rhsso' ? (findAgentToken(pullSecret) ?? '') : '';
  };
}

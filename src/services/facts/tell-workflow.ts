import type { AgentServiceDeps } from '../agent-deps';

/**
 * Signals a cluster's workflow after a commit, without making the agent wait for it. A signal that is lost costs a few
 * seconds: the monitor finds the cluster by its lagging facts.
 */
export function tellWorkflow(deps: Pick<AgentServiceDeps, 'messenger' | 'log'>, clusterId: string, signal: string, payload: object): void {
  deps.messenger.signal(clusterId, signal, payload).catch((error: unknown) => {
    deps.log.warn({ cluster_id: clusterId, signal, reason: error instanceof Error ? error.message : 'unknown' }, 'A signal was not delivered; the monitor will tell the workflow.');
  });
}

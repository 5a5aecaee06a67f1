import type { Executor } from '../../db/client';
import { loadSnapshot, type LoadedCluster } from '../../db/load-snapshot';
import { listPendingFacts, lockCluster } from '../../db/record-facts';
import { applyFact } from '../../domain/cluster/apply-fact';
import type { ClusterSnapshot } from '../../domain/cluster/model';
import type { AgentServiceDeps } from '../agent-deps';
import { noSuchCluster } from '../guard';

export interface LockedCluster {
  tx: Executor;
  loaded: LoadedCluster;
  /** The cluster as it will be once its workflow has applied what was accepted before. */
  snapshot: ClusterSnapshot;
  /** Whether the workflow still has facts to apply. */
  pending: boolean;
}

/**
 * Runs a decision on a cluster under its lock, so that nothing changes between deciding and recording.
 * Throws NotFound for a cluster that is not there.
 */
export async function withLockedCluster<T>(deps: Pick<AgentServiceDeps, 'db' | 'settings'>, clusterId: string, work: (locked: LockedCluster) => Promise<T>): Promise<T> {
  return deps.db.transaction(async (tx) => {
    const versions = await lockCluster(tx, clusterId);
    const loaded = versions && (await loadSnapshot(tx, clusterId));
    if (!loaded || loaded.row.deletedAt !== null) throw noSuchCluster(clusterId);
    const facts = await listPendingFacts(tx, clusterId, versions.appliedSeq);
    const snapshot = facts.reduce((current, fact) => applyFact(current, fact, deps.settings).snapshot, loaded.snapshot);
    return work({ tx, loaded, snapshot, pending: facts.length > 0 });
  });
}

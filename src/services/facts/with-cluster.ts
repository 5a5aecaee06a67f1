import type { Executor } from '../../db/client';
import { loadSnapshot, type LoadedCluster } from '../../db/load-snapshot';
import { listPendingFacts, lockCluster, type LockedVersions } from '../../db/record-facts';
import { applyFact } from '../../domain/cluster/apply-fact';
import type { ClusterSnapshot } from '../../domain/cluster/model';
import type { AgentServiceDeps } from '../agent-deps';
import { noSuchCluster } from '../guard';

export interface LockedCluster {
  tx: Executor;
  loaded: LoadedCluster;
  /** The cluster as it will be once its workflow has applied what was accepted before, with no other host than that of the scope. */
  snapshot: ClusterSnapshot;
  /** As they were when the lock was taken. */
  versions: LockedVersions;
  /** Whether the workflow still has facts to apply. */
  pending: boolean;
}

/** What a decision is about: one host of a cluster, or without a host the cluster itself. */
export interface LockScope {
  clusterId: string;
  hostId?: string;
}

/**
 * Runs a decision on a cluster, or a host of it, under the cluster's lock, so that nothing changes between deciding and recording. The other
 * hosts are not read: what agents say is judged by their own host, and of a large cluster all talk at once.
 * Throws NotFound for a cluster that is not there.
 */
export async function withLockedCluster<T>(deps: Pick<AgentServiceDeps, 'db' | 'settings'>, { clusterId, hostId }: LockScope, work: (locked: LockedCluster) => Promise<T>): Promise<T> {
  return deps.db.transaction(async (tx) => {
    const versions = await lockCluster(tx, clusterId);
    if (!versions) throw noSuchCluster(clusterId);
    const [loaded, facts] = await Promise.all([loadSnapshot(tx, clusterId, hostId === undefined ? 'none' : { id: hostId }), listPendingFacts(tx, clusterId, versions.appliedSeq)]);
    if (!loaded || loaded.row.deletedAt !== null) throw noSuchCluster(clusterId);
    const snapshot = facts.reduce((current, fact) => applyFact(current, fact, deps.settings).snapshot, loaded.snapshot);
    return work({ tx, loaded, snapshot, versions, pending: facts.length > 0 });
  });
}

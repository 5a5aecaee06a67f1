import type { Executor } from '../../db/client';
import { appendFacts, raiseFactsVersion, type LockedVersions } from '../../db/record-facts';
import type { ClusterFact } from '../../domain/cluster/facts';

/**
 * Records accepted facts for the cluster's workflow; the caller holds the cluster's lock.
 * @param waiting facts that nothing depends on for now: the next refresh, for whatever reason, takes them along
 * @returns whether the caller has to signal after the commit. Not where the workflow was told of facts that it has still to apply: the
 * refresh that applies those takes the same lock after this transaction, and applies these with them. So a cluster has at most one
 * signal of its facts under way, however many processes its hosts speak to; one that is lost is found by the monitor, as ever
 */
export async function recordFacts(tx: Executor, versions: LockedVersions, facts: ClusterFact[], at: Date, { waiting = false } = {}): Promise<boolean> {
  const tells = !waiting && versions.toldVersion <= versions.appliedVersion;
  await appendFacts(tx, versions.clusterId, facts, at);
  await raiseFactsVersion(tx, versions.clusterId, { tells });
  return tells;
}

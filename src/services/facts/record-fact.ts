import type { Executor } from '../../db/client';
import { appendFacts, raiseFactsVersion } from '../../db/record-facts';
import type { ClusterFact } from '../../domain/cluster/facts';

/** Records accepted facts for the cluster's workflow; the caller holds the cluster's lock and signals after the commit. */
export async function recordFacts(tx: Executor, clusterId: string, facts: ClusterFact[], at: Date): Promise<void> {
  await appendFacts(tx, clusterId, facts, at);
  await raiseFactsVersion(tx, clusterId);
}

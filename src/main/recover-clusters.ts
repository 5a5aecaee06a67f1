import { giveWorkflow, type GiveWorkflowDeps } from '../../activities/give-workflow';
import { listRevisions } from '../db/list-revisions';
import { readSnapshot } from '../db/read-snapshot';
import type { ClusterRecoverer } from '../temporal/cluster-recoverer';

/** `removed`: rows of a cluster that was deleted for good had come back with an older database. */
export type RecoveryOutcome = 'restored' | 'unchanged' | 'started' | 'removed' | 'failed';

export interface ClusterRecovery {
  clusterId: string;
  outcome: RecoveryOutcome;
  /** Why it failed. */
  reason?: string;
}

export type RecoveryCounts = Record<RecoveryOutcome, number>;

export type RecoveryDeps = GiveWorkflowDeps & { recoverer: ClusterRecoverer };

/** Clusters that are looked at at once. */
const width = 20;

/**
 * Brings rows and workflows together: every live workflow whose rows are gone or old writes them again, every live row without a
 * workflow gets one. Safe beside a running service and beside another recovery; done again it changes nothing. Rejects when
 * the workflows cannot be listed; what goes wrong with one cluster is its outcome.
 * @param tell hears of each cluster once it is done
 */
export async function recoverClusters(deps: RecoveryDeps, tell: (recovery: ClusterRecovery) => void): Promise<RecoveryCounts> {
  const counts: RecoveryCounts = { restored: 0, unchanged: 0, started: 0, removed: 0, failed: 0 };
  const rows = await listRevisions(deps.db);
  const live = new Set<string>();
  const done = (recovery: ClusterRecovery): void => {
    counts[recovery.outcome] += 1;
    tell(recovery);
  };
  await eachOf(deps.recoverer.listLiveClusters(), async (clusterId) => {
    live.add(clusterId);
    done(await attempt(clusterId, () => recoverRows(deps, clusterId, rows.get(clusterId)?.revision ?? 0)));
  });
  const orphans = [...rows].filter(([clusterId, row]) => row.live && !live.has(clusterId)).map(([clusterId]) => clusterId);
  await eachOf(orphans, async (clusterId) => done(await attempt(clusterId, () => recoverWorkflow(deps, clusterId))));
  return counts;
}

async function recoverRows({ recoverer }: RecoveryDeps, clusterId: string, revision: number): Promise<RecoveryOutcome> {
  const recovered = await recoverer.recover(clusterId, revision);
  return recovered?.restored ? 'restored' : 'unchanged';
}

/** The list of workflows may not know one that has just begun. */
async function recoverWorkflow(deps: RecoveryDeps, clusterId: string): Promise<RecoveryOutcome> {
  const loaded = await readSnapshot(deps.db, clusterId);
  if (!loaded || loaded.row.deletedAt !== null) return 'unchanged';
  const recovered = await deps.recoverer.recover(clusterId, loaded.versions.revision);
  if (recovered) return recovered.restored ? 'restored' : 'unchanged';
  return giveWorkflow(deps, loaded);
}

async function attempt(clusterId: string, work: () => Promise<RecoveryOutcome>): Promise<ClusterRecovery> {
  try {
    return { clusterId, outcome: await work() };
  } catch (error) {
    return { clusterId, outcome: 'failed', reason: error instanceof Error ? error.message : 'unknown' };
  }
}

/** Runs work for each entry, a few at a time, in the order of the source. */
async function eachOf<T>(source: Iterable<T> | AsyncIterable<T>, work: (entry: T) => Promise<void>): Promise<void> {
  const running = new Set<Promise<void>>();
  for await (const entry of source) {
    const run: Promise<void> = work(entry).finally(() => running.delete(run));
    running.add(run);
    if (running.size >= width) await Promise.race(running);
  }
  await Promise.all(running);
}

import { and, eq, lte, sql } from 'drizzle-orm';
import type { Executor } from './client';
import { lockCluster } from './record-facts';
import { clusterVersions } from './schema/clusters';
import { factsLog } from './schema/facts-log';

/** Takes the lock of a cluster whose rows may be gone: two that restore it wait for each other, as all writers do. */
export async function openClusterLock(tx: Executor, clusterId: string): Promise<typeof clusterVersions.$inferSelect> {
  await tx.insert(clusterVersions).values({ clusterId }).onConflictDoNothing();
  const versions = await lockCluster(tx, clusterId);
  if (!versions) throw new Error('A lock row vanished between two statements.');
  return versions;
}

/** Forgets facts that the workflow has applied, although older rows say that they wait. */
export async function dropFactsBefore(tx: Executor, clusterId: string, at: Date): Promise<void> {
  await tx.delete(factsLog).where(and(eq(factsLog.clusterId, clusterId), lte(factsLog.at, at)));
}

/** Marks restored rows: what is left in the facts log waits for the workflow, which is told by the monitor if by nobody else. */
export async function saveRestoredVersions(
  tx: Executor,
  clusterId: string,
  { revision, refreshId, appliedVersion, factsVersion }: { revision: number; refreshId: string; appliedVersion: number; factsVersion: number },
): Promise<void> {
  await tx
    .update(clusterVersions)
    .set({ revision, refreshId, appliedVersion, factsVersion, toldVersion: 0, appliedSeq: 0, laggingSince: sql`now()` })
    .where(eq(clusterVersions.clusterId, clusterId));
}

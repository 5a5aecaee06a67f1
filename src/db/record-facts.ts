import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { ClusterFact, LoggedFact } from '../domain/cluster/facts';
import type { Executor } from './client';
import { clusterVersions } from './schema/clusters';
import { factsLog } from './schema/facts-log';

export type LockedVersions = typeof clusterVersions.$inferSelect;

/**
 * Takes the cluster's lock for the rest of the transaction and tells its versions; undefined when there is no such cluster.
 * Every writer of a cluster begins with this, so none decides on what another is about to change.
 */
export async function lockCluster(tx: Executor, clusterId: string): Promise<LockedVersions | undefined> {
  const [versions] = await tx.select().from(clusterVersions).where(eq(clusterVersions.clusterId, clusterId)).for('update');
  return versions;
}

/** Marks that the cluster's workflow has something to see; the caller holds the lock and, where it `tells`, signals after the commit. */
export async function raiseFactsVersion(tx: Executor, clusterId: string, { tells }: { tells: boolean }): Promise<void> {
  const next = sql`${clusterVersions.factsVersion} + 1`;
  await tx
    .update(clusterVersions)
    .set({ factsVersion: next, ...(tells && { toldVersion: next }), laggingSince: sql`coalesce(${clusterVersions.laggingSince}, now())` })
    .where(eq(clusterVersions.clusterId, clusterId));
}

/** Appends to the facts log; the caller holds the lock and raises the version. */
export async function appendFacts(tx: Executor, clusterId: string, facts: ClusterFact[], at: Date): Promise<void> {
  if (facts.length === 0) return;
  await tx.insert(factsLog).values(
    facts.map((fact) => ({ clusterId, hostId: 'hostId' in fact ? fact.hostId : null, kind: fact.kind, body: fact, at })),
  );
}

/** Entries the workflow has not applied yet, in order. */
export async function listPendingFacts(tx: Executor, clusterId: string, appliedSeq: number): Promise<LoggedFact[]> {
  const rows = await tx
    .select()
    .from(factsLog)
    .where(and(eq(factsLog.clusterId, clusterId), gt(factsLog.seq, appliedSeq)))
    .orderBy(asc(factsLog.seq));
  return rows.map((row) => ({ seq: row.seq, at: row.at, fact: row.body }));
}

import { and, eq, lte } from 'drizzle-orm';
import type { Executor } from './client';
import { clusterVersions } from './schema/clusters';
import { factsLog } from './schema/facts-log';

/**
 * Records that the workflow has seen all facts up to the present version; entries of the log that it has applied go.
 * @returns the revision after this refresh: raised when it wrote something, also when an earlier attempt of the same refresh had
 * raised it and this one wrote more, because readers tell by it what they may keep
 */
export async function markApplied(
  tx: Executor,
  versions: typeof clusterVersions.$inferSelect,
  refresh: { appliedSeq: number; refreshId: string; written: boolean },
): Promise<number> {
  const revision = refresh.written ? versions.revision + 1 : versions.revision;
  if (refresh.appliedSeq > versions.appliedSeq) {
    await tx.delete(factsLog).where(and(eq(factsLog.clusterId, versions.clusterId), lte(factsLog.seq, refresh.appliedSeq)));
  }
  const seen = versions.appliedVersion === versions.factsVersion && versions.appliedSeq === refresh.appliedSeq;
  if (seen && revision === versions.revision) return revision;
  await tx
    .update(clusterVersions)
    .set({
      appliedVersion: versions.factsVersion,
      appliedSeq: refresh.appliedSeq,
      laggingSince: null,
      revision,
      refreshId: revision === versions.revision ? versions.refreshId : refresh.refreshId,
    })
    .where(eq(clusterVersions.clusterId, versions.clusterId));
  return revision;
}

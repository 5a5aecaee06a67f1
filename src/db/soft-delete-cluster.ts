import { and, eq, isNull } from 'drizzle-orm';
import type { Executor } from './client';
import { clusters } from './schema/clusters';
import { hosts } from './schema/hosts';
import { infraEnvs } from './schema/infra-envs';

/** Takes a cluster, its infra-env and its hosts out of every answer; the rows stay until the permanent deletion. */
export async function softDeleteCluster(tx: Executor, clusterId: string, now: Date): Promise<void> {
  await tx.update(clusters).set({ deletedAt: now, updatedAt: now }).where(and(eq(clusters.id, clusterId), isNull(clusters.deletedAt)));
  await tx.update(infraEnvs).set({ deletedAt: now }).where(and(eq(infraEnvs.clusterId, clusterId), isNull(infraEnvs.deletedAt)));
  await tx.update(hosts).set({ deletedAt: now }).where(and(eq(hosts.clusterId, clusterId), isNull(hosts.deletedAt)));
}

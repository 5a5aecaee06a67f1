import { and, eq, inArray, isNotNull, lte, sql, type SQL } from 'drizzle-orm';
import type { Executor } from './client';
import type { clusters } from './schema/clusters';
import { hostFacts, hostHeartbeats, hosts } from './schema/hosts';

/** For a select: when the first of a cluster's hosts was deregistered whose rows are still there; null when there is none. */
export function firstRemoval(clusterId: string | typeof clusters.id): SQL<Date | null> {
  return sql`(select min(${hosts.deletedAt}) from ${hosts} where ${hosts.clusterId} = ${clusterId} and ${hosts.deletedAt} is not null)`.mapWith(hosts.deletedAt);
}

/**
 * Deletes the rows of a cluster's hosts that were deregistered at `until` or before; what they reported goes with them, their
 * events stay with the cluster. The caller holds the cluster's lock.
 * @returns when the first of the hosts was deregistered that are left
 */
export async function forgetRemovedHosts(tx: Executor, clusterId: string, until: Date): Promise<Date | null> {
  const gone = await tx
    .delete(hosts)
    .where(and(eq(hosts.clusterId, clusterId), isNotNull(hosts.deletedAt), lte(hosts.deletedAt, until)))
    .returning({ id: hosts.id, infraEnvId: hosts.infraEnvId });
  const ids = gone.map(({ id }) => id);
  for (const infraEnvId of new Set(gone.map((host) => host.infraEnvId))) {
    await tx.delete(hostFacts).where(and(eq(hostFacts.infraEnvId, infraEnvId), inArray(hostFacts.hostId, ids)));
    await tx.delete(hostHeartbeats).where(and(eq(hostHeartbeats.infraEnvId, infraEnvId), inArray(hostHeartbeats.hostId, ids)));
  }
  const [left] = await tx.select({ at: firstRemoval(clusterId) }).from(sql`(select 1) as one`);
  return left?.at ?? null;
}

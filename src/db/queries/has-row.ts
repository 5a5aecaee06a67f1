import { and, eq } from 'drizzle-orm';
import type { Executor } from '../client';
import { clusters } from '../schema/clusters';
import { hosts } from '../schema/hosts';

/** Whether there is a row of a cluster, or of a host of it where one is named; a deregistered one counts. */
export async function hasRow(db: Executor, clusterId: string, hostId?: string): Promise<boolean> {
  const rows = hostId === undefined
    ? await db.select({ id: clusters.id }).from(clusters).where(eq(clusters.id, clusterId)).limit(1)
    : await db.select({ id: hosts.id }).from(hosts).where(and(eq(hosts.clusterId, clusterId), eq(hosts.id, hostId))).limit(1);
  return rows.length > 0;
}

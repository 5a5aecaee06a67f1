import { count, isNull } from 'drizzle-orm';
import type { Executor } from '../client';
import { clusters } from '../schema/clusters';
import { hosts } from '../schema/hosts';

/** How many clusters and hosts are not deregistered. */
export async function countLive(db: Executor): Promise<{ clusters: number; hosts: number }> {
  const [[liveClusters], [liveHosts]] = await Promise.all([
    db.select({ rows: count() }).from(clusters).where(isNull(clusters.deletedAt)),
    db.select({ rows: count() }).from(hosts).where(isNull(hosts.deletedAt)),
  ]);
  return { clusters: liveClusters?.rows ?? 0, hosts: liveHosts?.rows ?? 0 };
}

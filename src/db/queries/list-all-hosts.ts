import { and, asc, eq } from 'drizzle-orm';
import type { Host } from '../../domain/host/model';
import type { Executor } from '../client';
import { toHost, toHostFacts } from '../rows';
import { hostFacts, hostHeartbeats, hosts } from '../schema/hosts';

/** Every host a cluster has or had, until its permanent deletion: what they left is still to be had. */
export async function listAllHosts(db: Executor, clusterId: string): Promise<Host[]> {
  const rows = await db
    .select({ row: hosts, facts: hostFacts, checkedInAt: hostHeartbeats.checkedInAt })
    .from(hosts)
    .leftJoin(hostFacts, and(eq(hostFacts.infraEnvId, hosts.infraEnvId), eq(hostFacts.hostId, hosts.id)))
    .leftJoin(hostHeartbeats, and(eq(hostHeartbeats.infraEnvId, hosts.infraEnvId), eq(hostHeartbeats.hostId, hosts.id)))
    .where(eq(hosts.clusterId, clusterId))
    .orderBy(asc(hosts.createdAt), asc(hosts.id));
  return rows.map(({ row, facts, checkedInAt }) => toHost(row, toHostFacts(facts ?? undefined), checkedInAt));
}

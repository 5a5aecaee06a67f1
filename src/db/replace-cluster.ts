import { eq, inArray } from 'drizzle-orm';
import { clusterPercentage } from '../domain/cluster/installation-percentage';
import type { ClusterSnapshot } from '../domain/cluster/model';
import type { HostFacts } from '../domain/host/facts';
import { installationPercentage } from '../domain/host/stages';
import type { Executor } from './client';
import { clusters, monitoredOperators } from './schema/clusters';
import { hostFacts, hostHeartbeats, hosts } from './schema/hosts';
import { infraEnvs } from './schema/infra-envs';

/**
 * Writes all rows of a cluster in the place of whatever is there, but for its versions, events, intents and facts log. The caller
 * holds the cluster's lock. What agents told is kept without the hashes by which a repeated reply counts as known.
 */
export async function replaceCluster(
  tx: Executor,
  snapshot: ClusterSnapshot,
  { pullSecret, deletedAt, now }: { pullSecret: Buffer | null; deletedAt: Date | null; now: Date },
): Promise<void> {
  const { cluster, infraEnv, operators } = snapshot;
  await removeRows(tx, cluster.id);
  await tx.insert(clusters).values({ ...cluster, pullSecret, installationPercentage: clusterPercentage(snapshot).total, updatedAt: now, deletedAt });
  await tx.insert(infraEnvs).values({ ...infraEnv, createdAt: cluster.createdAt, updatedAt: now, deletedAt });
  if (operators.length > 0) await tx.insert(monitoredOperators).values(operators.map((operator) => ({ clusterId: cluster.id, ...operator })));
  if (snapshot.hosts.length === 0) return;
  await tx.insert(hosts).values(snapshot.hosts.map(({ facts: _facts, checkedInAt: _checkedInAt, ...columns }) => ({ ...columns, installationPercentage: installationPercentage(columns, cluster.highAvailabilityMode === 'None'), updatedAt: now, deletedAt })));
  await tx.insert(hostFacts).values(snapshot.hosts.map(({ id, infraEnvId, facts }) => ({ hostId: id, infraEnvId, ...factsColumns(facts), updatedAt: now })));
  await tx.insert(hostHeartbeats).values(snapshot.hosts.map(({ id, infraEnvId, checkedInAt }) => ({ hostId: id, infraEnvId, checkedInAt: checkedInAt ?? now })));
}

async function removeRows(tx: Executor, clusterId: string): Promise<void> {
  const own = tx.select({ id: infraEnvs.id }).from(infraEnvs).where(eq(infraEnvs.clusterId, clusterId));
  await tx.delete(hostFacts).where(inArray(hostFacts.infraEnvId, own));
  await tx.delete(hostHeartbeats).where(inArray(hostHeartbeats.infraEnvId, own));
  await tx.delete(hosts).where(eq(hosts.clusterId, clusterId));
  await tx.delete(monitoredOperators).where(eq(monitoredOperators.clusterId, clusterId));
  await tx.delete(infraEnvs).where(eq(infraEnvs.clusterId, clusterId));
  await tx.delete(clusters).where(eq(clusters.id, clusterId));
}

const text = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

const factsColumns = ({ inventory, connectivity, freeAddresses, ntpSources, apiVipConnectivity, disksInfo, imagesStatus }: HostFacts) => ({
  inventory: text(inventory),
  connectivity: text(connectivity),
  freeAddresses: text(freeAddresses),
  ntpSources: text(ntpSources),
  apiVipConnectivity: text(apiVipConnectivity),
  disksInfo,
  imagesStatus,
});

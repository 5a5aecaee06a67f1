import { eq, inArray } from 'drizzle-orm';
import type { Database } from './client';
import { lockCluster } from './record-facts';
import { artefactRuns } from './schema/artefact-runs';
import { clusters, clusterVersions, monitoredOperators } from './schema/clusters';
import { events } from './schema/events';
import { factsLog } from './schema/facts-log';
import { hostFacts, hostHeartbeats, hosts } from './schema/hosts';
import { infraEnvs } from './schema/infra-envs';
import { intents } from './schema/intents';

/** Deletes every row of a cluster; a cluster that was not deregistered is left alone. */
export async function purgeCluster(db: Database, clusterId: string): Promise<void> {
  await db.transaction(async (tx) => {
    // First the lock that every writer takes first, so that none waits for the other in a circle.
    await lockCluster(tx, clusterId);
    const [cluster] = await tx.select({ deletedAt: clusters.deletedAt }).from(clusters).where(eq(clusters.id, clusterId)).for('update');
    if (cluster && cluster.deletedAt === null) throw new Error('A cluster that is not deregistered cannot be deleted permanently.');
    const ownInfraEnvs = tx.select({ id: infraEnvs.id }).from(infraEnvs).where(eq(infraEnvs.clusterId, clusterId));
    await tx.delete(hostFacts).where(inArray(hostFacts.infraEnvId, ownInfraEnvs));
    await tx.delete(hostHeartbeats).where(inArray(hostHeartbeats.infraEnvId, ownInfraEnvs));
    await tx.delete(hosts).where(eq(hosts.clusterId, clusterId));
    await tx.delete(monitoredOperators).where(eq(monitoredOperators.clusterId, clusterId));
    await tx.delete(events).where(eq(events.clusterId, clusterId));
    await tx.delete(factsLog).where(eq(factsLog.clusterId, clusterId));
    await tx.delete(intents).where(eq(intents.clusterId, clusterId));
    await tx.delete(infraEnvs).where(eq(infraEnvs.clusterId, clusterId));
    await tx.delete(artefactRuns).where(eq(artefactRuns.clusterId, clusterId));
    await tx.delete(clusterVersions).where(eq(clusterVersions.clusterId, clusterId));
    await tx.delete(clusters).where(eq(clusters.id, clusterId));
  });
}

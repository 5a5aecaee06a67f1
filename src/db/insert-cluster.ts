import type { ClusterSnapshot } from '../domain/cluster/model';
import type { Executor } from './client';
import { clusters, clusterVersions, monitoredOperators } from './schema/clusters';
import { infraEnvs } from './schema/infra-envs';

/** Writes the first rows of a cluster, the cluster's lock row among them. */
export async function insertCluster(tx: Executor, snapshot: ClusterSnapshot, pullSecret: Buffer | null, now: Date): Promise<void> {
  await tx.insert(clusters).values({ ...snapshot.cluster, pullSecret, updatedAt: now });
  await tx.insert(infraEnvs).values({ ...snapshot.infraEnv, createdAt: now, updatedAt: now });
  await tx.insert(clusterVersions).values({ clusterId: snapshot.cluster.id });
  if (snapshot.operators.length > 0) {
    await tx.insert(monitoredOperators).values(snapshot.operators.map((operator) => ({ clusterId: snapshot.cluster.id, ...operator })));
  }
}

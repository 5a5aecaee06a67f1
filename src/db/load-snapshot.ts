import { and, asc, eq, getTableColumns, isNull } from 'drizzle-orm';
import type { ClusterSnapshot } from '../domain/cluster/model';
import type { Database, Executor } from './client';
import { firstRemoval } from './removed-hosts';
import { toCluster, toHost, toInfraEnv, toOperator, type ClusterRow, type HostFactsRow, type HostRow, type InfraEnvRow } from './rows';
import { clusters, clusterVersions, monitoredOperators } from './schema/clusters';
import { hostFacts, hostHeartbeats, hosts } from './schema/hosts';
import { infraEnvs } from './schema/infra-envs';

export interface StoredHost {
  row: HostRow;
  facts: HostFactsRow | undefined;
  checkedInAt: Date | null;
}

export interface LoadedCluster {
  snapshot: ClusterSnapshot;
  row: ClusterRow;
  infraEnvRow: InfraEnvRow;
  /** In the order of `snapshot.hosts`: creation, then id. */
  hosts: StoredHost[];
  versions: typeof clusterVersions.$inferSelect;
  /** When the first of the hosts was deregistered whose rows are still there. */
  firstRemovalAt: Date | null;
}

const { pullSecret: _pullSecret, ...clusterColumns } = getTableColumns(clusters);

/**
 * Reads all of a cluster that decisions and answers need; deleted clusters are found too (`row.deletedAt`), deleted hosts are not.
 * For transactions; `readSnapshot` is for everybody else.
 */
export async function loadSnapshot(db: Executor, clusterId: string): Promise<LoadedCluster | undefined> {
  const [head, hostRows, operatorRows] = await Promise.all([
    db
      .select({ cluster: clusterColumns, infraEnv: infraEnvs, versions: clusterVersions, firstRemovalAt: firstRemoval(clusterId) })
      .from(clusters)
      .innerJoin(infraEnvs, eq(infraEnvs.id, clusters.id))
      .innerJoin(clusterVersions, eq(clusterVersions.clusterId, clusters.id))
      .where(eq(clusters.id, clusterId)),
    db
      .select({ row: hosts, facts: hostFacts, checkedInAt: hostHeartbeats.checkedInAt })
      .from(hosts)
      .leftJoin(hostFacts, and(eq(hostFacts.infraEnvId, hosts.infraEnvId), eq(hostFacts.hostId, hosts.id)))
      .leftJoin(hostHeartbeats, and(eq(hostHeartbeats.infraEnvId, hosts.infraEnvId), eq(hostHeartbeats.hostId, hosts.id)))
      .where(and(eq(hosts.clusterId, clusterId), isNull(hosts.deletedAt)))
      .orderBy(asc(hosts.createdAt), asc(hosts.id)),
    db.select().from(monitoredOperators).where(eq(monitoredOperators.clusterId, clusterId)).orderBy(asc(monitoredOperators.name)),
  ]);
  const found = head[0];
  if (!found) return undefined;
  const storedHosts = hostRows.map((h) => ({ row: h.row, facts: h.facts ?? undefined, checkedInAt: h.checkedInAt }));
  return {
    row: found.cluster,
    infraEnvRow: found.infraEnv,
    versions: found.versions,
    firstRemovalAt: found.firstRemovalAt,
    hosts: storedHosts,
    snapshot: {
      cluster: toCluster(found.cluster),
      infraEnv: toInfraEnv(found.infraEnv),
      hosts: storedHosts.map((h) => toHost(h.row, h.facts, h.checkedInAt)),
      operators: operatorRows.map(toOperator),
    },
  };
}

/** `loadSnapshot` outside a transaction: everything as of one moment, on one connection. */
export async function readSnapshot(db: Database, clusterId: string): Promise<LoadedCluster | undefined> {
  return db.transaction((tx) => loadSnapshot(tx, clusterId), { isolationLevel: 'repeatable read', accessMode: 'read only' });
}

import { and, asc, eq, getTableColumns, isNull, type SQL } from 'drizzle-orm';
import type { ClusterSnapshot } from '../domain/cluster/model';
import type { Host } from '../domain/host/model';
import type { Database, Executor } from './client';
import { loadDecodedFacts } from './decoded-facts';
import { pullSecretHash } from './pull-secret';
import { firstRemoval } from './removed-hosts';
import { toCluster, toHost, toHostFacts, toInfraEnv, toOperator, type ClusterRow, type HostFactsRow, type HostRow, type InfraEnvRow } from './rows';
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
  /** See src/db/pull-secret. */
  pullSecretHash: string;
}

export type HostSelection = 'all' | 'none' | { id: string };

const { pullSecret: _pullSecret, ...clusterColumns } = getTableColumns(clusters);

/**
 * Reads all of a cluster that decisions and answers need; deleted clusters are found too (`row.deletedAt`), deleted hosts are not.
 * For transactions; `readSnapshot` is for everybody else.
 * @param selection which hosts the snapshot has; only what is not about the others can be decided on a part of them
 */
export async function loadSnapshot(db: Executor, clusterId: string, selection: HostSelection = 'all'): Promise<LoadedCluster | undefined> {
  const [head, loadedHosts, operatorRows] = await Promise.all([
    db
      .select({ cluster: clusterColumns, infraEnv: infraEnvs, versions: clusterVersions, firstRemovalAt: firstRemoval(clusterId), pullSecretHash })
      .from(clusters)
      .innerJoin(infraEnvs, eq(infraEnvs.id, clusters.id))
      .innerJoin(clusterVersions, eq(clusterVersions.clusterId, clusters.id))
      .where(eq(clusters.id, clusterId)),
    selection === 'none' ? [] : loadHosts(db, and(eq(hosts.clusterId, clusterId), isNull(hosts.deletedAt), selection === 'all' ? undefined : eq(hosts.id, selection.id))),
    db.select().from(monitoredOperators).where(eq(monitoredOperators.clusterId, clusterId)).orderBy(asc(monitoredOperators.name)),
  ]);
  const found = head[0];
  if (!found) return undefined;
  return {
    row: found.cluster,
    infraEnvRow: found.infraEnv,
    versions: found.versions,
    firstRemovalAt: found.firstRemovalAt,
    pullSecretHash: found.pullSecretHash,
    hosts: loadedHosts.map(({ stored }) => stored),
    snapshot: {
      cluster: toCluster(found.cluster),
      infraEnv: toInfraEnv(found.infraEnv),
      hosts: loadedHosts.map(({ host }) => host),
      operators: operatorRows.map(toOperator),
    },
  };
}

async function loadHosts(db: Executor, where: SQL | undefined): Promise<{ stored: StoredHost; host: Host }[]> {
  const rows = await db
    .select({ row: hosts, contentId: hostFacts.contentId, checkedInAt: hostHeartbeats.checkedInAt })
    .from(hosts)
    .leftJoin(hostFacts, and(eq(hostFacts.infraEnvId, hosts.infraEnvId), eq(hostFacts.hostId, hosts.id)))
    .leftJoin(hostHeartbeats, and(eq(hostHeartbeats.infraEnvId, hosts.infraEnvId), eq(hostHeartbeats.hostId, hosts.id)))
    .where(where)
    .orderBy(asc(hosts.createdAt), asc(hosts.id));
  const decoded = await loadDecodedFacts(db, rows.flatMap(({ row, contentId }) => (contentId === null ? [] : [{ infraEnvId: row.infraEnvId, hostId: row.id, contentId }])));
  return rows.map(({ row, checkedInAt }) => {
    const known = decoded.get(row.id);
    return { stored: { row, facts: known?.row, checkedInAt }, host: toHost(row, known?.facts ?? toHostFacts(undefined), checkedInAt) };
  });
}

/** `loadSnapshot` outside a transaction: everything as of one moment, on one connection. */
export async function readSnapshot(db: Database, clusterId: string, selection: HostSelection = 'all'): Promise<LoadedCluster | undefined> {
  return db.transaction((tx) => loadSnapshot(tx, clusterId, selection), { isolationLevel: 'repeatable read', accessMode: 'read only' });
}

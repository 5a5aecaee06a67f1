import { and, asc, eq, getTableColumns, isNull, or, type SQL } from 'drizzle-orm';
import type { ClusterSnapshot } from '../domain/cluster/model';
import type { Host } from '../domain/host/model';
import { isAnyOf } from './any-of';
import type { Executor } from './client';
import { loadDecodedFacts } from './decoded-facts';
import { pullSecretHash } from './pull-secret';
import { firstRemoval } from './removed-hosts';
import { toCluster, toHost, toHostFacts, toInfraEnv, toOperator, type ClusterRow, type HostFactsRow, type HostRow, type InfraEnvRow, type OperatorRow } from './rows';
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

/** Names what is to be read of a cluster; of the hosts only what is not about the others can be decided on a part of them. */
export interface SnapshotRequest {
  clusterId: string;
  selection: HostSelection;
}

/**
 * Reads all of a cluster that decisions and answers need; deleted clusters are found too (`row.deletedAt`), deleted hosts are not.
 * For transactions; `readSnapshot` is for everybody else.
 */
export async function loadSnapshot(db: Executor, clusterId: string, selection: HostSelection = 'all'): Promise<LoadedCluster | undefined> {
  const [loaded] = await loadSnapshots(db, [{ clusterId, selection }]);
  return loaded;
}

/** `loadSnapshot` of several clusters, by the same few statements; the answers stand in the order of the requests. */
export async function loadSnapshots(db: Executor, requests: readonly SnapshotRequest[]): Promise<(LoadedCluster | undefined)[]> {
  const ids = [...new Set(requests.map(({ clusterId }) => clusterId))];
  const [heads, loadedHosts, operatorRows] = await Promise.all([
    db
      .select({ cluster: clusterColumns, infraEnv: infraEnvs, versions: clusterVersions, firstRemovalAt: firstRemoval(clusters.id), pullSecretHash })
      .from(clusters)
      .innerJoin(infraEnvs, eq(infraEnvs.id, clusters.id))
      .innerJoin(clusterVersions, eq(clusterVersions.clusterId, clusters.id))
      .where(isAnyOf(clusters.id, ids)),
    requests.every(({ selection }) => selection === 'none') ? [] : loadHosts(db, areSelected(requests)),
    db.select().from(monitoredOperators).where(isAnyOf(monitoredOperators.clusterId, ids)).orderBy(asc(monitoredOperators.name)),
  ]);
  const headsById = new Map(heads.map((head) => [head.cluster.id, head]));
  const hostsById = groupBy(loadedHosts, ({ host }) => host.clusterId);
  const operatorsById = groupBy(operatorRows, ({ clusterId }) => clusterId);
  return requests.map(({ clusterId, selection }) => {
    const head = headsById.get(clusterId);
    const ofCluster = selection === 'none' ? [] : (hostsById.get(clusterId) ?? []);
    const selected = typeof selection === 'string' ? ofCluster : ofCluster.filter(({ host }) => host.id === selection.id);
    return head && assemble(head, selected, operatorsById.get(clusterId) ?? []);
  });
}

interface Head {
  cluster: ClusterRow;
  infraEnv: InfraEnvRow;
  versions: LoadedCluster['versions'];
  firstRemovalAt: Date | null;
  pullSecretHash: string;
}

function assemble(head: Head, loadedHosts: readonly LoadedHost[], operatorRows: readonly OperatorRow[]): LoadedCluster {
  return {
    row: head.cluster,
    infraEnvRow: head.infraEnv,
    versions: head.versions,
    firstRemovalAt: head.firstRemovalAt,
    pullSecretHash: head.pullSecretHash,
    hosts: loadedHosts.map(({ stored }) => stored),
    snapshot: {
      cluster: toCluster(head.cluster),
      infraEnv: toInfraEnv(head.infraEnv),
      hosts: loadedHosts.map(({ host }) => host),
      operators: operatorRows.map(toOperator),
    },
  };
}

/** The hosts that some of the requests are about. */
function areSelected(requests: readonly SnapshotRequest[]): SQL | undefined {
  const whole = requests.flatMap(({ clusterId, selection }) => (selection === 'all' ? [clusterId] : []));
  const single = requests.flatMap(({ clusterId, selection }) => (typeof selection === 'string' ? [] : [{ clusterId, id: selection.id }]));
  return and(
    isNull(hosts.deletedAt),
    or(
      whole.length > 0 ? isAnyOf(hosts.clusterId, whole) : undefined,
      single.length > 0 ? and(isAnyOf(hosts.clusterId, single.map(({ clusterId }) => clusterId)), isAnyOf(hosts.id, single.map(({ id }) => id))) : undefined,
    ),
  );
}

interface LoadedHost {
  stored: StoredHost;
  host: Host;
}

async function loadHosts(db: Executor, where: SQL | undefined): Promise<LoadedHost[]> {
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

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

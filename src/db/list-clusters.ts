import { and, desc, eq, getTableColumns, inArray, isNull, or, sql } from 'drizzle-orm';
import { toOperator } from './rows';
import type { MonitoredOperator } from '../domain/cluster/model';
import { isAnyOf } from './any-of';
import type { Executor } from './client';
import type { ClusterRow, InfraEnvRow } from './rows';
import { clusters, monitoredOperators } from './schema/clusters';
import { hosts } from './schema/hosts';
import { infraEnvs } from './schema/infra-envs';

export interface ClusterFilter {
  /** Only clusters of this user, or of this organisation where that is not empty; absent = of all. */
  visibleTo?: { userName: string; orgId: string };
  openshiftClusterId?: string;
  amsSubscriptionIds?: string[];
  /** Deregistered clusters too. */
  includeDeleted?: boolean;
}

export interface ListedCluster {
  row: ClusterRow;
  infraEnvRow: InfraEnvRow;
  operators: MonitoredOperator[];
  counts: { ready: number; enabled: number; total: number };
}

const { pullSecret: _pullSecret, ...clusterColumns } = getTableColumns(clusters);

const belongsTo = ({ userName, orgId }: { userName: string; orgId: string }) =>
  orgId === '' ? eq(clusters.userName, userName) : or(eq(clusters.userName, userName), eq(clusters.orgId, orgId));

/** Clusters without their hosts, newest first, with the numbers of hosts that are known, not disabled, and all. */
export async function listClusterRows(db: Executor, filter: ClusterFilter): Promise<ListedCluster[]> {
  const rows = await db
    .select({ row: clusterColumns, infraEnvRow: infraEnvs })
    .from(clusters)
    .innerJoin(infraEnvs, eq(infraEnvs.id, clusters.id))
    .where(
      and(
        filter.includeDeleted ? undefined : isNull(clusters.deletedAt),
        filter.visibleTo && belongsTo(filter.visibleTo),
        filter.openshiftClusterId === undefined ? undefined : eq(clusters.openshiftClusterId, filter.openshiftClusterId),
        filter.amsSubscriptionIds === undefined ? undefined : inArray(clusters.amsSubscriptionId, filter.amsSubscriptionIds),
      ),
    )
    .orderBy(desc(clusters.createdAt), desc(clusters.id));
  if (rows.length === 0) return [];
  const ids = rows.map((r) => r.row.id);
  const [counts, operators] = await Promise.all([
    db
      .select({
        clusterId: hosts.clusterId,
        ready: sql<number>`count(*) FILTER (WHERE ${hosts.status} = 'known')::int`,
        enabled: sql<number>`count(*) FILTER (WHERE ${hosts.status} <> 'disabled')::int`,
        total: sql<number>`count(*)::int`,
      })
      .from(hosts)
      .where(and(isAnyOf(hosts.clusterId, ids), isNull(hosts.deletedAt)))
      .groupBy(hosts.clusterId),
    db.select().from(monitoredOperators).where(isAnyOf(monitoredOperators.clusterId, ids)).orderBy(monitoredOperators.name),
  ]);
  const countsById = new Map(counts.map((c) => [c.clusterId, c]));
  const operatorsById = new Map<string, MonitoredOperator[]>();
  for (const row of operators) operatorsById.set(row.clusterId, [...(operatorsById.get(row.clusterId) ?? []), toOperator(row)]);
  return rows.map(({ row, infraEnvRow }) => ({
    row,
    infraEnvRow,
    operators: operatorsById.get(row.id) ?? [],
    counts: { ready: 0, enabled: 0, total: 0, ...pickCounts(countsById.get(row.id)) },
  }));
}

const pickCounts = (c: { ready: number; enabled: number; total: number } | undefined) => c && { ready: c.ready, enabled: c.enabled, total: c.total };

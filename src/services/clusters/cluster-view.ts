import type { ListedCluster } from '../../db/list-clusters';
import type { LoadedCluster, StoredHost } from '../../db/load-snapshot';
import { toCluster, toInfraEnv, type ClusterRow } from '../../db/rows';
import type { Cluster, InfraEnv, MonitoredOperator } from '../../domain/cluster/model';
import type { Host } from '../../domain/host/model';

/** What the agent reported, as the JSON texts that answers carry; empty = not reported. */
export interface ReportedTexts {
  inventory: string;
  connectivity: string;
  freeAddresses: string;
  ntpSources: string;
  apiVipConnectivity: string;
  disksInfo: string;
  imagesStatus: string;
}

/** A host as answers show it. */
export interface HostView {
  host: Host;
  reported: ReportedTexts;
  updatedAt: Date;
  deletedAt: Date | null;
}

/** A cluster as answers show it; a listed one comes without its hosts but with their counts. */
export interface ClusterView {
  cluster: Cluster;
  infraEnv: InfraEnv;
  operators: MonitoredOperator[];
  hosts: HostView[];
  counts: { ready: number; enabled: number; total: number };
  /** Where the discovery image can be downloaded; empty when there is none. */
  imageUrl: string;
  updatedAt: Date;
  deletedAt: Date | null;
}

const objectText = (value: object | undefined): string => (value === undefined || Object.keys(value).length === 0 ? '' : JSON.stringify(value));

export function toHostView(host: Host, { row, facts }: StoredHost): HostView {
  return {
    host,
    reported: {
      inventory: facts?.inventory ?? '',
      connectivity: facts?.connectivity ?? '',
      freeAddresses: facts?.freeAddresses ?? '',
      ntpSources: facts?.ntpSources ?? '',
      apiVipConnectivity: facts?.apiVipConnectivity ?? '',
      disksInfo: objectText(facts?.disksInfo),
      imagesStatus: objectText(facts?.imagesStatus),
    },
    updatedAt: row.updatedAt,
    deletedAt: row.deletedAt,
  };
}

export function toClusterView({ snapshot, row, hosts }: LoadedCluster, imageUrl: string): ClusterView {
  const views = hosts.flatMap((stored, index) => {
    const host = snapshot.hosts[index];
    return host ? [toHostView(host, stored)] : [];
  });
  return {
    cluster: snapshot.cluster,
    infraEnv: snapshot.infraEnv,
    operators: snapshot.operators,
    hosts: views,
    counts: {
      ready: snapshot.hosts.filter((host) => host.status === 'known').length,
      enabled: snapshot.hosts.filter((host) => host.status !== 'disabled').length,
      total: snapshot.hosts.length,
    },
    imageUrl,
    ...changed(row),
  };
}

export function toListedView({ row, infraEnvRow, operators, counts }: ListedCluster, imageUrl: string): ClusterView {
  return { cluster: toCluster(row), infraEnv: toInfraEnv(infraEnvRow), operators, hosts: [], counts, imageUrl, ...changed(row) };
}

const changed = (row: ClusterRow): { updatedAt: Date; deletedAt: Date | null } => ({ updatedAt: row.updatedAt, deletedAt: row.deletedAt });

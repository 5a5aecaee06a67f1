import type { Cluster, InfraEnv, MonitoredOperator } from '../domain/cluster/model';
import type { HostFacts } from '../domain/host/facts';
import type { Host } from '../domain/host/model';
import type { clusters, monitoredOperators } from './schema/clusters';
import type { hostFacts, hosts } from './schema/hosts';
import type { infraEnvs } from './schema/infra-envs';

export type ClusterRow = Omit<typeof clusters.$inferSelect, 'pullSecret'>;
export type HostRow = typeof hosts.$inferSelect;
export type HostFactsRow = typeof hostFacts.$inferSelect;
export type InfraEnvRow = typeof infraEnvs.$inferSelect;
export type OperatorRow = typeof monitoredOperators.$inferSelect;

/** Drops what the domain does not decide on. */
export function toCluster(row: ClusterRow): Cluster {
  const { updatedAt: _updatedAt, deletedAt: _deletedAt, installationPercentage: _percentage, ...cluster } = row;
  return cluster;
}

export function toInfraEnv(row: InfraEnvRow): InfraEnv {
  const { createdAt: _createdAt, updatedAt: _updatedAt, deletedAt: _deletedAt, ...infraEnv } = row;
  return infraEnv;
}

export function toOperator(row: OperatorRow): MonitoredOperator {
  const { clusterId: _clusterId, ...operator } = row;
  return operator;
}

const parse = <T>(json: string | null): T | undefined => (json === null ? undefined : (JSON.parse(json) as T));

/** The agent's facts; a missing row means that nothing was reported yet. */
export function toHostFacts(row: HostFactsRow | undefined): HostFacts {
  const facts: HostFacts = { disksInfo: row?.disksInfo ?? {}, imagesStatus: row?.imagesStatus ?? {} };
  if (!row) return facts;
  const inventory = parse<NonNullable<HostFacts['inventory']>>(row.inventory);
  const connectivity = parse<NonNullable<HostFacts['connectivity']>>(row.connectivity);
  const freeAddresses = parse<NonNullable<HostFacts['freeAddresses']>>(row.freeAddresses);
  const ntpSources = parse<NonNullable<HostFacts['ntpSources']>>(row.ntpSources);
  const apiVipConnectivity = parse<NonNullable<HostFacts['apiVipConnectivity']>>(row.apiVipConnectivity);
  return {
    ...facts,
    ...(inventory && { inventory }),
    ...(connectivity && { connectivity }),
    ...(freeAddresses && { freeAddresses }),
    ...(ntpSources && { ntpSources }),
    ...(apiVipConnectivity && { apiVipConnectivity }),
  };
}

export function toHost(row: HostRow, facts: HostFacts, checkedInAt: Date | null): Host {
  const { updatedAt: _updatedAt, deletedAt: _deletedAt, installationPercentage: _percentage, ...host } = row;
  return { ...host, checkedInAt, facts };
}

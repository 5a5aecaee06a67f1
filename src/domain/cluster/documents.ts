import type { Host } from '../host/model';
import type { Cluster, ClusterSnapshot, MonitoredOperator } from './model';

/**
 * What the cluster's workflow carries itself, what agents tell again, and what follows from the rest. Everything else of a
 * cluster is a document: it would be lost with the database. A new field is a document until it is listed here. Times that
 * change together with documents, or whose loss costs nothing, are listed too: they are stored, but cause no storing.
 */
const noClusterDocuments = new Set<keyof Cluster>([
  'name', 'baseDnsDomain', 'userName', 'orgId', 'openshiftVersion', 'status', 'statusInfo', 'statusUpdatedAt', 'validationsInfo', 'connectivityMajorityGroups',
  'machineNetworkCidrUpdatedAt', 'apiVipLease', 'ingressVipLease', 'amsSubscriptionId', 'activeAt', 'warnedAt', 'installStartedAt', 'logsInfo', 'controllerLogsStartedAt', 'controllerLogsCollectedAt',
]);
const noHostDocuments = new Set<keyof Host>([
  'id', 'infraEnvId', 'clusterId', 'kind', 'status', 'statusInfo', 'statusUpdatedAt', 'role', 'bootstrap', 'validationsInfo', 'stage', 'stageInfo', 'stageStartedAt',
  'stageUpdatedAt', 'discoveryAgentVersion', 'logsInfo', 'logsStartedAt', 'logsCollectedAt', 'createdAt', 'checkedInAt', 'facts',
]);
const noOperatorDocuments = new Set<keyof MonitoredOperator>(['statusInfo', 'statusUpdatedAt']);

function pick<T extends object>(value: T, isDocument: (key: string, content: unknown) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key, content]) => isDocument(key, content)));
}

/** The documents of a cluster, as one value to compare; a host that has none is not in it. */
export function documentsOf({ cluster, infraEnv, hosts, operators }: ClusterSnapshot): object {
  const isIn = (keys: ReadonlySet<string>) => (key: string): boolean => !keys.has(key);
  const ofHosts = hosts.map((host) => [host.id, pick(host, (key, content) => !(noHostDocuments as ReadonlySet<string>).has(key) && content !== '')] as const);
  return {
    cluster: pick(cluster, isIn(noClusterDocuments)),
    infraEnv,
    hosts: Object.fromEntries(ofHosts.filter(([, documents]) => Object.keys(documents).length > 0)),
    operators: operators.map((operator) => pick(operator, isIn(noOperatorDocuments))),
  };
}

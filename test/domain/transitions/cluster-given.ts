import type { Cluster, ClusterSnapshot, MonitoredOperator } from '../../../src/domain/cluster/model';
import { olmOperators } from '../../../src/domain/cluster/operators';
import type { ClusterStatus } from '../../../src/domain/cluster/status';
import type { Host } from '../../../src/domain/host/model';
import type { HostStatus } from '../../../src/domain/host/status';
import { epoch, hostId, settings, toReady } from '../cluster/story';

const ready = toReady().snapshot;

const usualHosts: Record<ClusterStatus, HostStatus> = {
  'pending-for-input': 'known', insufficient: 'known', ready: 'known', 'preparing-for-installation': 'preparing-for-installation', installing: 'installing',
  'installing-pending-user-action': 'installing-in-progress', finalizing: 'installed', installed: 'installed', error: 'error', cancelled: 'cancelled', 'adding-hosts': 'known',
};

export interface ClusterGiven {
  cluster?: Partial<Cluster>;
  /** Statuses of the hosts; the first three are masters, the others workers. */
  hosts?: readonly HostStatus[];
  /** Changes every host. */
  host?: (host: Host, index: number) => Host;
  operators?: MonitoredOperator[];
}

/** A cluster in a status that it has been in since `epoch`, with all else as an installation that goes well would have it. */
export function clusterIn(status: ClusterStatus, { cluster = {}, hosts, host = (same) => same, operators = ready.operators }: ClusterGiven = {}): ClusterSnapshot {
  const [first] = ready.hosts;
  if (first === undefined) throw new Error('no host');
  const statuses = hosts ?? Array.from({ length: 3 }, () => usualHosts[status]);
  return {
    ...ready, operators,
    cluster: { ...ready.cluster, status, statusInfo: 'before', statusUpdatedAt: epoch, ...(status === 'adding-hosts' && { kind: 'AddHostsCluster' as const }), ...cluster },
    hosts: statuses.map((hostStatus, index) => host({
      ...(ready.hosts[index] ?? first), id: hostId(index + 1), status: hostStatus, statusInfo: 'before', statusUpdatedAt: epoch, role: index < 3 ? 'master' : 'worker',
      kind: status === 'adding-hosts' ? 'AddToExistingClusterHost' : 'Host',
    }, index)),
  };
}

export const three = (status: HostStatus): HostStatus[] => [status, status, status];

export function operator(name: string, status: MonitoredOperator['status'], operatorType: MonitoredOperator['operatorType'] = 'builtin'): MonitoredOperator {
  return { name, operatorType, namespace: '', subscriptionName: '', properties: '', timeoutSeconds: 1, status, statusInfo: '', statusUpdatedAt: null };
}

export const withOperators = (...names: string[]): MonitoredOperator[] => [...ready.operators, ...olmOperators(names.map((name) => ({ name, properties: '' })), settings)];

/** Changes the facts of one host. */
export const withFacts = (wanted: number, facts: (host: Host) => Partial<Host['facts']>) => (host: Host, index: number): Host =>
  index + 1 === wanted ? { ...host, facts: { ...host.facts, ...facts(host) } } : host;

const free = (...addresses: string[]) => (host: Host): Host => ({ ...host, facts: { ...host.facts, freeAddresses: [{ network: '192.168.126.0/24', free_addresses: addresses }] } });

/** By validation, a cluster that has everything but this input. */
export const withoutInput: Record<string, Partial<Cluster>> = {
  'api-vip-defined': { apiVip: '' },
  'ingress-vip-defined': { ingressVip: '' },
  'machine-cidr-defined': { machineNetworkCidr: '' },
  'cluster-cidr-defined': { clusterNetworkCidr: '' },
  'service-cidr-defined': { serviceNetworkCidr: '' },
  'dns-domain-defined': { baseDnsDomain: '' },
  'pull-secret-set': { pullSecretSet: false },
};

/** By validation, a cluster that fails this requirement of its installation. */
export const failing: Record<string, ClusterGiven> = {
  'machine-cidr-equals-to-calculated-cidr': { cluster: { machineNetworkCidr: '192.168.0.0/16' } },
  'api-vip-valid': { host: free('192.168.126.101') },
  'ingress-vip-valid': { host: free('192.168.126.100') },
  'all-hosts-are-ready-to-install': { hosts: ['known', 'insufficient', 'known'] },
  'sufficient-masters-count': { hosts: ['known', 'known'] },
  'network-prefix-valid': { cluster: { clusterNetworkHostPrefix: 26 } },
  'no-cidrs-overlapping': { cluster: { serviceNetworkCidr: '10.128.0.0/16' } },
  'ntp-server-configured': { host: withFacts(2, ({ facts }) => ({ inventory: { ...facts.inventory, timestamp: (facts.inventory?.timestamp ?? 0) + 600 } })) },
  'ocs-requirements-satisfied': { operators: withOperators('ocs') },
};

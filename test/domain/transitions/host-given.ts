import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import type { ClusterStatus } from '../../../src/domain/cluster/status';
import type { Host } from '../../../src/domain/host/model';
import type { HostStatus } from '../../../src/domain/host/status';
import { clusterIn, withOperators } from './cluster-given';

export interface HostGiven {
  /** Status of the cluster; the usual one by default. */
  cluster?: ClusterStatus;
  clusterFields?: Partial<ClusterSnapshot['cluster']>;
  host?: Partial<Host>;
  facts?: (host: Host) => Partial<Host['facts']>;
  operators?: string[];
  /** A host that is added to a running cluster. */
  day2?: boolean;
  silent?: boolean;
  withoutInventory?: boolean;
}

const before: readonly HostStatus[] = ['discovering', 'known', 'disconnected', 'insufficient', 'pending-for-input', 'disabled', 'resetting', 'resetting-pending-user-action'];

function usualCluster(status: HostStatus): ClusterStatus {
  if (before.includes(status)) return 'ready';
  if (status === 'preparing-for-installation' || status === 'preparing-successful') return 'preparing-for-installation';
  return status === 'cancelled' ? 'cancelled' : 'installing';
}

/** A cluster whose first host is in a status, connected, with all else as an installation that goes well would have it. */
export function hostIn(status: HostStatus, { cluster, clusterFields = {}, host = {}, facts = () => ({}), operators = [], day2 = false, silent = false, withoutInventory = false }: HostGiven = {}): ClusterSnapshot {
  const clusterStatus = day2 ? 'adding-hosts' : (cluster ?? usualCluster(status));
  return clusterIn(clusterStatus, {
    cluster: clusterFields,
    operators: withOperators(...operators),
    host: (other, index) => {
      if (index > 0) return other;
      const { inventory, ...reported } = { ...other.facts, ...facts(other) };
      const checkedInAt = silent ? new Date(other.statusUpdatedAt.getTime() - 180_001) : other.checkedInAt;
      return { ...other, status, checkedInAt, ...host, facts: withoutInventory || inventory === undefined ? reported : { inventory, ...reported } };
    },
  });
}

type Inventory = NonNullable<Host['facts']['inventory']>;
const inventory = (change: (inventory: Inventory) => Partial<Inventory>) => ({ facts }: Host): Partial<Host['facts']> =>
  ({ inventory: { ...facts.inventory, ...change(facts.inventory ?? {}) } });
const gib = 1024 ** 3;

/** By validation, a host that lacks the least of hardware. */
export const belowMinimum: Record<string, HostGiven> = {
  'has-min-valid-disks': { facts: inventory(() => ({ disks: [{ name: 'sda', drive_type: 'HDD', size_bytes: 1e9 }] })) },
  'has-min-cpu-cores': { facts: inventory(() => ({ cpu: { count: 1 } })) },
  'has-min-memory': { facts: inventory(() => ({ memory: { physical_bytes: gib } })) },
  'valid-platform': { facts: inventory(() => ({ system_vendor: { product_name: 'OpenStack Compute' } })) },
};

const peers = (l3: { average_rtt_ms?: number; packet_loss_percentage?: number }) => ({ facts }: Host): Partial<Host['facts']> => ({
  connectivity: {
    remote_hosts: (facts.connectivity?.remote_hosts ?? []).map((remote) => ({ ...remote, l3_connectivity: (remote.l3_connectivity ?? []).map((entry) => ({ ...entry, ...l3 })) })),
  },
});

const measured = (exitCode: number) => ({ installationDiskId }: Host): Host['facts']['disksInfo'] => ({ [installationDiskId]: { path: installationDiskId, disk_speed: { tested: true, exit_code: exitCode } } });
const pulled = (result: 'success' | 'failure'): Host['facts']['imagesStatus'] => ({ 'installer:1': { name: 'installer:1', result } });

/** By validation of the preparation, a host that fails it. */
export const unprepared: Record<string, HostGiven> = {
  'sufficient-installation-disk-speed': { facts: (host) => ({ disksInfo: measured(1)(host) }) },
  'container-images-available': { facts: () => ({ imagesStatus: pulled('failure') }) },
};

export const prepared: HostGiven = { facts: (host) => ({ disksInfo: measured(0)(host), imagesStatus: pulled('success') }) };

/** By validation, a host that fails this requirement of its installation and none before it. */
export const unfit: Record<string, HostGiven> = {
  'has-memory-for-role': { facts: inventory(() => ({ memory: { physical_bytes: 10 * gib } })) },
  'has-cpu-cores-for-role': { facts: inventory(() => ({ cpu: { count: 3 } })) },
  'belongs-to-machine-cidr': { facts: inventory(() => ({ interfaces: [{ name: 'eth0', ipv4_addresses: ['10.9.0.1/24'] }] })) },
  'hostname-unique': { host: { requestedHostname: 'server-2' } },
  'hostname-valid': { host: { requestedHostname: 'localhost' } },
  'api-vip-connected': { day2: true },
  'belongs-to-majority-group': { clusterFields: { connectivityMajorityGroups: '{"192.168.126.0/24":[]}' } },
  'ocs-requirements-satisfied': { operators: ['ocs'], facts: inventory(() => ({ cpu: { count: 64 }, memory: { physical_bytes: 128 * gib } })) },
  'cnv-requirements-satisfied': { operators: ['cnv'], facts: inventory(() => ({ cpu: { count: 64, flags: [] } })) },
  'sufficient-network-latency-requirement-for-role': { facts: peers({ average_rtt_ms: 101 }) },
  'sufficient-packet-loss-requirement-for-role': { facts: peers({ packet_loss_percentage: 1 }) },
  ...unprepared,
};

import { createConnectivity, type Connectivity } from '../cluster/connectivity';
import { enabledHosts } from '../cluster/enabled-hosts';
import type { Cluster, ClusterSnapshot } from '../cluster/model';
import { chooseInstallationDisk, type InstallationDisk } from '../host/installation-disk';
import type { Host } from '../host/model';
import { parseCidr, type Cidr } from '../network/address';
import type { WeakPeers } from '../network/weak-peers';
import type { DomainSettings } from '../settings';

/** What the validations of one evaluation share; everything that is not at hand is worked out once, when it is first asked for. */
export interface ValidationContext {
  snapshot: ClusterSnapshot;
  cluster: Cluster;
  now: Date;
  settings: DomainSettings;
  /** Hosts that are not disabled. */
  hosts: Host[];
  isSingleNode: boolean;
  isUserManaged: boolean;
  isDay2: boolean;
  /** Undefined while none is set. */
  machineNetwork: () => Cidr | undefined;
  /** Members of the majority group of the machine network; undefined while no groups are known, empty without such a group. */
  majorityGroup: () => ReadonlySet<string> | undefined;
  /** How many hosts with an inventory, disabled ones included, have the name. */
  countHostname: (name: string) => number;
  installationDisk: (host: Host) => InstallationDisk | undefined;
  /** Undefined before the host's first report on the others. */
  weakPeers: (host: Host) => WeakPeers | undefined;
}

/** Prepares the validations of a cluster and its hosts at the time `now`. */
export function createValidationContext(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings, connectivity: Connectivity = createConnectivity(settings)): ValidationContext {
  const { cluster } = snapshot;
  const hostnames = once(() => countBy(snapshot.hosts.filter((host) => host.facts.inventory !== undefined), reportedHostname));
  const weakPeers = once(() => connectivity.weakPeers(snapshot));
  const disks = new Map<Host, InstallationDisk | undefined>();
  return {
    snapshot, cluster, now, settings,
    hosts: enabledHosts(snapshot),
    isSingleNode: cluster.highAvailabilityMode === 'None',
    isUserManaged: cluster.userManagedNetworking,
    isDay2: cluster.kind === 'AddHostsCluster',
    machineNetwork: once(() => parseCidr(cluster.machineNetworkCidr)),
    majorityGroup: once(() => findMajorityGroup(cluster)),
    countHostname: (name) => hostnames().get(name) ?? 0,
    installationDisk: (host) => {
      if (!disks.has(host)) disks.set(host, chooseInstallationDisk(snapshot, host, settings));
      return disks.get(host);
    },
    weakPeers: (host) => weakPeers().get(host.id),
  };
}

/** The name a host would be installed with, empty when neither the user nor the inventory gives one. */
export function reportedHostname(host: Host): string {
  return host.requestedHostname || (host.facts.inventory?.hostname ?? '');
}

function findMajorityGroup(cluster: Cluster): ReadonlySet<string> | undefined {
  if (cluster.connectivityMajorityGroups === '' || cluster.machineNetworkCidr === '') return undefined;
  const groups: unknown = JSON.parse(cluster.connectivityMajorityGroups);
  const network = parseCidr(cluster.machineNetworkCidr)?.network ?? cluster.machineNetworkCidr;
  const members: unknown = typeof groups === 'object' && groups !== null ? (groups as Record<string, unknown>)[network] : undefined;
  return new Set(Array.isArray(members) ? members.filter((id): id is string => typeof id === 'string') : []);
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function once<T>(compute: () => T): () => T {
  let known: { value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}

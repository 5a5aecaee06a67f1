import { chooseInstallationDisk } from '../host/installation-disk';
import type { Host } from '../host/model';
import type { HostStatus } from '../host/status';
import { calculateMachineNetworkCidr } from '../network/machine-cidr';
import type { DomainSettings } from '../settings';
import type { Connectivity } from './connectivity';
import type { ClusterSnapshot } from './model';
import type { ClusterStatus } from './status';

const withInput: readonly ClusterStatus[] = ['pending-for-input', 'insufficient'];
const beforeInstallation: readonly ClusterStatus[] = [...withInput, 'ready'];
const choosing: readonly HostStatus[] = ['discovering', 'known', 'disconnected', 'insufficient', 'pending-for-input'];

function updateMachineCidr(snapshot: ClusterSnapshot, now: Date): ClusterSnapshot {
  const { cluster } = snapshot;
  if (!withInput.includes(cluster.status)) return snapshot;
  const machineNetworkCidr = calculateMachineNetworkCidr(snapshot);
  if (machineNetworkCidr === cluster.machineNetworkCidr) return snapshot;
  return { ...snapshot, cluster: { ...cluster, machineNetworkCidr, machineNetworkCidrUpdatedAt: now } };
}

/** Recomputes who reaches whom, network by network, while the cluster is not being installed. */
export function updateMajorityGroups(snapshot: ClusterSnapshot, connectivity: Connectivity): ClusterSnapshot {
  const { cluster } = snapshot;
  if (!beforeInstallation.includes(cluster.status)) return snapshot;
  const connectivityMajorityGroups = connectivity.majorityGroups(snapshot);
  return connectivityMajorityGroups === cluster.connectivityMajorityGroups ? snapshot : { ...snapshot, cluster: { ...cluster, connectivityMajorityGroups } };
}

function updateInstallationDisk(snapshot: ClusterSnapshot, host: Host, settings: DomainSettings): Host {
  if (host.facts.inventory === undefined || !choosing.includes(host.status)) return host;
  const { id, path } = chooseInstallationDisk(snapshot, host, settings) ?? { id: '', path: '' };
  return id === host.installationDiskId && path === host.installationDiskPath ? host : { ...host, installationDiskId: id, installationDiskPath: path };
}

/** What the service keeps up to date of a cluster before its installation. Returns the same snapshot when nothing changes. */
export function upkeep(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings, connectivity: Connectivity): ClusterSnapshot {
  const networked = updateMajorityGroups(updateMachineCidr(snapshot, now), connectivity);
  const hosts = networked.hosts.map((host) => updateInstallationDisk(networked, host, settings));
  return hosts.every((host, index) => host === networked.hosts[index]) ? networked : { ...networked, hosts };
}

import { familyOf } from '../../network/address';
import { findCidrOverlaps } from '../../network/cidr-overlaps';
import { findHostPrefixProblem } from '../../network/host-prefix';
import { calculateMachineNetworkCidr } from '../../network/machine-cidr';
import type { Refusal } from '../../refusal';
import type { UpdateClusterIntent } from '../intents';
import type { Cluster, ClusterSnapshot } from '../model';
import { checkClusterNetwork, checkMachineNetwork, checkServiceNetwork, checkVips } from '../network-rules';

const noVips = { apiVip: '', ingressVip: '', apiVipLease: '', ingressVipLease: '' };
const wants = (value: string | undefined): value is string => value !== undefined && value !== '';

/** Changes to the network fields, or the reason why they are not allowed. */
type NetworkChange = Partial<Cluster> | string;

function changeUserManaged(cluster: Cluster, intent: UpdateClusterIntent): NetworkChange {
  const singleNode = cluster.highAvailabilityMode === 'None';
  if (intent.vipDhcpAllocation === true) return 'DHCP cannot allocate virtual IP addresses while networking is managed by the user';
  if (wants(intent.apiVip) || wants(intent.ingressVip)) return 'Virtual IP addresses cannot be set while networking is managed by the user';
  if (wants(intent.machineNetworkCidr) && !singleNode) return 'The machine network CIDR cannot be set while networking is managed by the user';
  const becomes = !cluster.userManagedNetworking;
  const change: Partial<Cluster> = { userManagedNetworking: true, vipDhcpAllocation: false, ...noVips, ...(becomes && { machineNetworkCidr: '' }) };
  if (!singleNode || intent.machineNetworkCidr === undefined) return change;
  const wrong = wants(intent.machineNetworkCidr) ? checkMachineNetwork(intent.machineNetworkCidr) : undefined;
  return wrong ?? { ...change, machineNetworkCidr: intent.machineNetworkCidr };
}

function changeWithDhcp(cluster: Cluster, { apiVip, ingressVip, machineNetworkCidr }: UpdateClusterIntent): NetworkChange {
  if (wants(apiVip) || wants(ingressVip)) return 'Virtual IP addresses cannot be set while DHCP allocates them';
  if (machineNetworkCidr === undefined || machineNetworkCidr === cluster.machineNetworkCidr) return {};
  if (machineNetworkCidr === '') return { machineNetworkCidr, ...noVips };
  if (familyOf(machineNetworkCidr) === 6) return 'DHCP cannot allocate virtual IP addresses in an IPv6 machine network';
  return checkMachineNetwork(machineNetworkCidr) ?? { machineNetworkCidr, ...noVips };
}

function changeWithoutDhcp({ apiVip, ingressVip, machineNetworkCidr }: UpdateClusterIntent): NetworkChange {
  if (wants(machineNetworkCidr)) return 'The machine network CIDR follows from the virtual IP addresses: it can be set only while DHCP allocates them';
  return { ...(apiVip !== undefined && { apiVip }), ...(ingressVip !== undefined && { ingressVip }) };
}

function changeMode(cluster: Cluster, intent: UpdateClusterIntent): NetworkChange {
  if (intent.userManagedNetworking ?? cluster.userManagedNetworking) return changeUserManaged(cluster, intent);
  const vipDhcpAllocation = intent.vipDhcpAllocation ?? cluster.vipDhcpAllocation;
  const switched = vipDhcpAllocation !== cluster.vipDhcpAllocation || cluster.userManagedNetworking;
  const base: Partial<Cluster> = { userManagedNetworking: false, vipDhcpAllocation, ...(switched && { machineNetworkCidr: '', ...noVips }) };
  const change = vipDhcpAllocation ? changeWithDhcp({ ...cluster, ...base }, intent) : changeWithoutDhcp(intent);
  return typeof change === 'string' ? change : { ...base, ...change };
}

function changeCidrs({ clusterNetworkCidr, serviceNetworkCidr, clusterNetworkHostPrefix }: UpdateClusterIntent): NetworkChange {
  const wrong = (wants(clusterNetworkCidr) ? checkClusterNetwork(clusterNetworkCidr) : undefined) ?? (wants(serviceNetworkCidr) ? checkServiceNetwork(serviceNetworkCidr) : undefined);
  return wrong ?? {
    ...(clusterNetworkCidr !== undefined && { clusterNetworkCidr }),
    ...(serviceNetworkCidr !== undefined && { serviceNetworkCidr }),
    ...(clusterNetworkHostPrefix !== undefined && { clusterNetworkHostPrefix }),
  };
}

function followVips(snapshot: ClusterSnapshot): ClusterSnapshot {
  const { cluster } = snapshot;
  if (cluster.userManagedNetworking || cluster.vipDhcpAllocation) return snapshot;
  return { ...snapshot, cluster: { ...cluster, machineNetworkCidr: calculateMachineNetworkCidr(snapshot) } };
}

function checkResult(snapshot: ClusterSnapshot, intent: UpdateClusterIntent): string | undefined {
  const { cluster, hosts } = snapshot;
  const cidrsGiven = intent.clusterNetworkCidr !== undefined || intent.serviceNetworkCidr !== undefined;
  const vipsGiven = intent.apiVip !== undefined || intent.ingressVip !== undefined;
  const prefixGiven = wants(intent.clusterNetworkCidr) || intent.clusterNetworkHostPrefix !== undefined;
  return (vipsGiven ? checkVips(snapshot) : undefined)
    ?? (cidrsGiven || vipsGiven || wants(intent.machineNetworkCidr) ? findCidrOverlaps(cluster, !cluster.userManagedNetworking)[0] : undefined)
    ?? (prefixGiven && cluster.clusterNetworkCidr !== '' ? findHostPrefixProblem(cluster.clusterNetworkCidr, cluster.clusterNetworkHostPrefix, hosts.length) : undefined);
}

/** Applies the network part of a change: who manages the network, where the virtual addresses come from, all networks. Invalid names the rule. */
export function updateNetwork(snapshot: ClusterSnapshot, intent: UpdateClusterIntent, now: Date): ClusterSnapshot | Refusal {
  const { cluster } = snapshot;
  const mode = changeMode(cluster, intent);
  if (typeof mode === 'string') return { type: 'Invalid', reason: mode };
  const cidrs = changeCidrs(intent);
  if (typeof cidrs === 'string') return { type: 'Invalid', reason: cidrs };
  const modeGiven = intent.userManagedNetworking !== undefined || intent.vipDhcpAllocation !== undefined || intent.apiVip !== undefined || intent.ingressVip !== undefined;
  const changed: ClusterSnapshot = { ...snapshot, cluster: { ...cluster, ...mode, ...cidrs } };
  const followed = modeGiven ? followVips(changed) : changed;
  const wrong = checkResult(followed, intent);
  if (wrong !== undefined) return { type: 'Invalid', reason: wrong };
  if (followed.cluster.machineNetworkCidr === cluster.machineNetworkCidr) return followed;
  return { ...followed, cluster: { ...followed.cluster, machineNetworkCidrUpdatedAt: now } };
}

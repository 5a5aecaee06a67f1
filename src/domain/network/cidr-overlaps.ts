import { cidrsOverlap } from './address';

export interface ClusterNetworks {
  machineNetworkCidr: string;
  clusterNetworkCidr: string;
  serviceNetworkCidr: string;
}

/** Which of a cluster's networks overlap, one sentence a pair. The machine network is left out where the user manages the network. */
export function findCidrOverlaps(networks: ClusterNetworks, withMachineNetwork: boolean): string[] {
  const machine = { name: 'machine', cidr: networks.machineNetworkCidr };
  const cluster = { name: 'cluster', cidr: networks.clusterNetworkCidr };
  const service = { name: 'service', cidr: networks.serviceNetworkCidr };
  const pairs = withMachineNetwork ? ([[machine, service], [machine, cluster], [service, cluster]] as const) : ([[service, cluster]] as const);
  return pairs.filter(([a, b]) => cidrsOverlap(a.cidr, b.cidr)).map(([a, b]) => `${a.name} network ${a.cidr} and ${b.name} network ${b.cidr} overlap`);
}

import { enabledHosts } from '../cluster/enabled-hosts';
import type { ClusterSnapshot } from '../cluster/model';
import type { Host } from '../host/model';
import { networkContains, parseAddress, parseCidr } from './address';
import { hostNetworks, interfaceAddresses } from './host-networks';

/** Network of the first interface address, in the order of the hosts, whose network holds `vip`; empty when there is none. */
export function findNetworkOfVip(hosts: readonly Host[], vip: string): string {
  const address = parseAddress(vip);
  if (address === undefined) return '';
  for (const host of hosts) {
    for (const text of interfaceAddresses(host)) {
      const cidr = parseCidr(text);
      if (cidr !== undefined && networkContains(cidr, address)) return cidr.network;
    }
  }
  return '';
}

/**
 * The machine network that follows from what the hosts report. With leased VIPs: the only network the enabled hosts
 * have, else what is stored. With fixed VIPs: the network that holds the API VIP (the ingress VIP when there is no
 * API VIP), empty when none does. What the user manages is left as it is.
 */
export function calculateMachineNetworkCidr(snapshot: ClusterSnapshot): string {
  const { cluster } = snapshot;
  if (cluster.kind === 'AddHostsCluster' || cluster.userManagedNetworking) return cluster.machineNetworkCidr;
  const hosts = enabledHosts(snapshot);
  if (!cluster.vipDhcpAllocation) return findNetworkOfVip(hosts, cluster.apiVip || cluster.ingressVip);
  const [network, ...others] = hostNetworks(hosts);
  return network !== undefined && others.length === 0 ? network.cidr : cluster.machineNetworkCidr;
}

import { enabledHosts } from '../../domain/cluster/enabled-hosts';
import type { ClusterSnapshot } from '../../domain/cluster/model';
import { familyOf } from '../../domain/network/address';
import { networksOf } from '../../domain/network/host-networks';

/** The networks of the cluster; OVNKubernetes as soon as one of them is IPv6. */
export function renderNetworking(snapshot: ClusterSnapshot) {
  const { clusterNetworkCidr, clusterNetworkHostPrefix, serviceNetworkCidr } = snapshot.cluster;
  const machineNetwork = findMachineNetwork(snapshot);
  const isIpv6 = [clusterNetworkCidr, serviceNetworkCidr, machineNetwork].some((cidr) => cidr !== undefined && familyOf(cidr) === 6);
  return {
    networkType: isIpv6 ? 'OVNKubernetes' : 'OpenShiftSDN',
    clusterNetwork: [{ cidr: clusterNetworkCidr, hostPrefix: clusterNetworkHostPrefix }],
    ...(machineNetwork === undefined ? {} : { machineNetwork: [{ cidr: machineNetwork }] }),
    serviceNetwork: [serviceNetworkCidr],
  };
}

/** Without VIPs nobody has to set the machine network: then it is one the bootstrap host is in, IPv4 before IPv6. */
function findMachineNetwork(snapshot: ClusterSnapshot): string | undefined {
  const { machineNetworkCidr, userManagedNetworking, highAvailabilityMode } = snapshot.cluster;
  if (machineNetworkCidr !== '') return machineNetworkCidr;
  if (!userManagedNetworking && highAvailabilityMode !== 'None') return undefined;
  const bootstrap = enabledHosts(snapshot).find((host) => host.bootstrap);
  const networks = bootstrap ? networksOf(bootstrap) : [];
  return networks.find((network) => familyOf(network) === 4) ?? networks[0];
}

import { familyBits, isNetworkAddress, parseCidr } from '../network/address';
import { findVipProblem } from '../network/vip-problem';
import { enabledHosts } from './enabled-hosts';
import type { ClusterSnapshot } from './model';

/** Smallest number of host bits of a cluster's or service network, and of a machine network. */
const podHostBits = 7;
const machineHostBits = 4;

function checkSubnet(field: string, cidr: string, minHostBits: number): string | undefined {
  const parsed = parseCidr(cidr);
  if (parsed === undefined) return `${field} "${cidr}" is not a network in CIDR notation`;
  if (!isNetworkAddress(cidr)) return `${field} "${cidr}" is not the address of a network: it should be ${parsed.network}`;
  if (parsed.base === 0n) return `${field} must not be the unspecified network`;
  const longest = familyBits(parsed.family) - minHostBits;
  if (parsed.prefix < 1 || parsed.prefix > longest) return `The prefix length of ${field} "${cidr}" must be between 1 and ${longest}`;
  return undefined;
}

/** Reason why a value is no cluster network, service network or machine network; undefined when it is one. */
export function checkClusterNetwork(cidr: string): string | undefined {
  return checkSubnet('Cluster network CIDR', cidr, podHostBits);
}

export function checkServiceNetwork(cidr: string): string | undefined {
  return checkSubnet('Service network CIDR', cidr, podHostBits);
}

export function checkMachineNetwork(cidr: string): string | undefined {
  return checkSubnet('Machine network CIDR', cidr, machineHostBits);
}

/** Reason why the virtual addresses do not fit the hosts; undefined when they do, or while no host has told its networks. */
export function checkVips(snapshot: ClusterSnapshot): string | undefined {
  const { apiVip, ingressVip, machineNetworkCidr } = snapshot.cluster;
  if (apiVip !== '' && apiVip === ingressVip) return `The API and the ingress virtual IP address must differ, both are ${apiVip}`;
  if (!enabledHosts(snapshot).some((host) => host.facts.inventory !== undefined)) return undefined;
  const problems = [apiVip, ingressVip].map((vip) => (vip === '' ? undefined : findVipProblem(snapshot, vip, machineNetworkCidr)));
  const problem = problems.find((text) => text !== undefined);
  return problem && `The virtual IP address cannot be used: ${problem}`;
}

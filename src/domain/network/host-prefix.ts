import { familyBits, parseCidr } from './address';

const minHostBits = 7;

/** Why the cluster network can't be cut into one network of `hostPrefix` for each of `hostCount` hosts; undefined when it can. */
export function findHostPrefixProblem(clusterNetworkCidr: string, hostPrefix: number, hostCount: number): string | undefined {
  const cidr = parseCidr(clusterNetworkCidr);
  if (cidr === undefined) return `${clusterNetworkCidr} is not a network`;
  const longest = familyBits(cidr.family) - minHostBits;
  if (hostPrefix < 1 || hostPrefix > longest) return `host prefix ${hostPrefix} is not between 1 and ${longest} (a host needs at least ${2 ** minHostBits} addresses)`;
  const needed = hostCount === 1 ? 1 : Math.max(4, hostCount);
  const available = hostPrefix < cidr.prefix ? 0 : 2 ** (hostPrefix - cidr.prefix);
  if (available < needed) return `cluster network ${clusterNetworkCidr} with host prefix ${hostPrefix} has room for ${available} hosts, ${needed} are needed`;
  return undefined;
}

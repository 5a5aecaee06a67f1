import type { ClusterSnapshot } from '../cluster/model';
import { cidrContains, normaliseAddress } from './address';
import { findFreeAddresses } from './free-addresses';

/** Why an address can't be a virtual address of the machine network; undefined when it can. A missing or empty list of free addresses forbids nothing. */
export function findVipProblem(snapshot: ClusterSnapshot, vip: string, machineNetworkCidr: string): string | undefined {
  const address = normaliseAddress(vip);
  if (address === undefined) return `${vip} is not an IP address`;
  if (machineNetworkCidr === '') return `${vip} is in none of the hosts' networks`;
  if (!cidrContains(machineNetworkCidr, address)) return `${vip} is not in the machine network ${machineNetworkCidr}`;
  const free = findFreeAddresses(snapshot, machineNetworkCidr);
  if (free !== undefined && free.size > 0 && !free.has(address)) return `${vip} is already in use in the machine network ${machineNetworkCidr}`;
  return undefined;
}

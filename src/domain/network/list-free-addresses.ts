import type { ClusterSnapshot } from '../cluster/model';
import { compareAddresses } from './address';
import { findFreeAddresses } from './free-addresses';

/**
 * Addresses of a network that all hosts before their installation found free, in numerical order; undefined when there
 * is no such host. `prefix` keeps those that begin with it.
 */
export function listFreeAddresses(snapshot: ClusterSnapshot, network: string, { prefix, limit }: { prefix: string; limit: number }): string[] | undefined {
  const hosts = snapshot.hosts.filter((host) => host.status === 'known' || host.status === 'insufficient');
  if (hosts.length === 0) return undefined;
  const addresses = findFreeAddresses({ ...snapshot, hosts }, network) ?? new Set<string>();
  return [...addresses].filter((address) => address.startsWith(prefix)).sort(compareAddresses).slice(0, limit);
}

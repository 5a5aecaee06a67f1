import { enabledHosts } from '../cluster/enabled-hosts';
import type { ClusterSnapshot } from '../cluster/model';
import { networkOf } from './address';

/** Addresses of the network that every enabled host which scanned it found free; undefined when none scanned it. */
export function findFreeAddresses(snapshot: ClusterSnapshot, network: string): Set<string> | undefined {
  const wanted = networkOf(network);
  let common: Set<string> | undefined;
  for (const host of enabledHosts(snapshot)) {
    const scan = host.facts.freeAddresses?.find((entry) => networkOf(entry.network) === wanted);
    if (scan === undefined || wanted === undefined) continue;
    const before = common;
    common = new Set(before === undefined ? scan.free_addresses : scan.free_addresses.filter((address) => before.has(address)));
  }
  return common;
}

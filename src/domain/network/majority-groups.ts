import { enabledHosts } from '../cluster/enabled-hosts';
import type { ClusterSnapshot } from '../cluster/model';
import type { Host } from '../host/model';
import { networkContains, parseAddress, parseCidr, type Cidr } from './address';
import { hostNetworks } from './host-networks';
import { findLargestFullMesh } from './largest-full-mesh';

const minGroupSize = 3;

/**
 * For each network of the enabled hosts the ids of the largest set of hosts that all reach each other on layer 2 at
 * addresses of that network, sorted; empty when no three do. An edge needs the successful report of both sides.
 */
export function calculateMajorityGroups(snapshot: ClusterSnapshot): Record<string, string[]> {
  const hosts = [...enabledHosts(snapshot)].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const networks = hostNetworks(hosts).flatMap(({ cidr }) => parseCidr(cidr) ?? []);
  const reached = reachedByNetwork(hosts, networks);
  const groups: Record<string, string[]> = {};
  for (const [index, network] of [...networks.entries()].sort(([, a], [, b]) => (a.network < b.network ? -1 : 1))) {
    const mesh = findLargestFullMesh(mutual(reached[index] ?? []), minGroupSize);
    groups[network.network] = mesh.flatMap((vertex) => hosts[vertex]?.id ?? []);
  }
  return groups;
}

/** By network, then by host: bit set of the hosts it says it reaches there. */
function reachedByNetwork(hosts: readonly Host[], networks: readonly Cidr[]): bigint[][] {
  const bits = new Map(hosts.map((host, index) => [host.id, 1n << BigInt(index)]));
  const networksByAddress = new Map<string, number[]>();
  const networksAt = (text: string): number[] => {
    const known = networksByAddress.get(text);
    if (known !== undefined) return known;
    const address = parseAddress(text);
    const found = address === undefined ? [] : networks.flatMap((network, index) => (networkContains(network, address) ? [index] : []));
    networksByAddress.set(text, found);
    return found;
  };
  const reached = networks.map(() => hosts.map(() => 0n));
  for (const [from, host] of hosts.entries()) {
    for (const remote of host.facts.connectivity?.remote_hosts ?? []) {
      const bit = bits.get(remote.host_id ?? '');
      if (bit === undefined) continue;
      const via = (remote.l2_connectivity ?? []).filter((entry) => entry.successful === true).flatMap((entry) => networksAt(entry.remote_ip_address ?? ''));
      for (const index of new Set(via)) {
        const row = reached[index];
        if (row !== undefined) row[from] = (row[from] ?? 0n) | bit;
      }
    }
  }
  return reached;
}

/** Keeps of a directed graph only the edges that go both ways. */
function mutual(reached: readonly bigint[]): bigint[] {
  return reached.map((row, from) => {
    let kept = 0n;
    for (const [to, back] of reached.entries()) {
      if (to !== from && ((row >> BigInt(to)) & 1n) === 1n && ((back >> BigInt(from)) & 1n) === 1n) kept |= 1n << BigInt(to);
    }
    return kept;
  });
}

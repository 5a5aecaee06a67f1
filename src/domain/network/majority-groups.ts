import { enabledHosts } from '../cluster/enabled-hosts';
import type { ClusterSnapshot } from '../cluster/model';
import type { Host } from '../host/model';
import { networkContains, parseAddress, parseCidr, type Cidr } from './address';
import { hostNetworks } from './host-networks';
import { findLargestFullMesh } from './largest-full-mesh';
import { mutualLinks } from './links';

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
    const mesh = findLargestFullMesh(mutualLinks(reached[index] ?? []), minGroupSize);
    groups[network.network] = mesh.flatMap((vertex) => hosts[vertex]?.id ?? []);
  }
  return groups;
}

/** By network, then by host: which hosts it says it reaches there; undefined for a host that reaches none. */
function reachedByNetwork(hosts: readonly Host[], networks: readonly Cidr[]): (Uint8Array | undefined)[][] {
  const positions = new Map(hosts.map((host, index) => [host.id, index]));
  const networksAt = createNetworkLookup(networks);
  const reached = networks.map(() => hosts.map((): Uint8Array | undefined => undefined));
  for (const [from, host] of hosts.entries()) {
    for (const remote of host.facts.connectivity?.remote_hosts ?? []) {
      const to = positions.get(remote.host_id ?? '');
      if (to === undefined) continue;
      for (const entry of remote.l2_connectivity ?? []) {
        if (entry.successful !== true) continue;
        for (const index of networksAt(entry.remote_ip_address ?? '')) {
          const rows = reached[index];
          if (rows !== undefined) (rows[from] ??= new Uint8Array(hosts.length))[to] = 1;
        }
      }
    }
  }
  return reached;
}

/** Tells in which of the networks an address is; each address is worked out once. */
function createNetworkLookup(networks: readonly Cidr[]): (address: string) => number[] {
  const known = new Map<string, number[]>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      const address = parseAddress(text);
      found = address === undefined ? [] : networks.flatMap((network, index) => (networkContains(network, address) ? [index] : []));
      known.set(text, found);
    }
    return found;
  };
}

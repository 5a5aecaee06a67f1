import type { ClusterSnapshot } from '../cluster/model';
import type { Host } from '../host/model';
import type { HostStatus } from '../host/status';
import { addressOf } from '../network/address';

/** A host that others are asked to reach, with its part of their order as JSON. */
export interface Peer {
  id: string;
  json: string;
}

const unreachable: readonly HostStatus[] = ['discovering', 'disabled', 'disconnected'];

/** The hosts of a cluster that can be looked for on its networks. Worked out when it is first asked for, for all hosts at once: their orders hold all others. */
export function describePeers(snapshot: ClusterSnapshot): () => readonly Peer[] {
  let known: Peer[] | undefined;
  return () => (known ??= snapshot.hosts
    .filter(({ status, facts }) => !unreachable.includes(status) && facts.inventory !== undefined)
    .map((host) => ({ id: host.id, json: JSON.stringify({ host_id: host.id, nics: interfacesOf(host) }) })));
}

function interfacesOf(host: Host): { name: string; mac: string; ip_addresses: string[] }[] {
  return (host.facts.inventory?.interfaces ?? []).map((nic) => ({
    name: nic.name ?? '',
    mac: nic.mac_address ?? '',
    ip_addresses: [...(nic.ipv4_addresses ?? []), ...(nic.ipv6_addresses ?? [])].flatMap((address) => addressOf(address) ?? []),
  }));
}

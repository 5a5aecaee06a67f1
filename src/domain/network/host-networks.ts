import type { Host } from '../host/model';
import { networkOf } from './address';

export interface HostNetwork {
  cidr: string;
  hostIds: string[];
}

/** Interface addresses of a host with their prefixes, IPv4 before IPv6 within an interface, in the order of the inventory. */
export function interfaceAddresses(host: Host): string[] {
  return (host.facts.inventory?.interfaces ?? []).flatMap((nic) => [...(nic.ipv4_addresses ?? []), ...(nic.ipv6_addresses ?? [])]);
}

/** Networks a host has an address in, canonical and without repetition. */
export function networksOf(host: Host): string[] {
  return [...new Set(interfaceAddresses(host).flatMap((address) => networkOf(address) ?? []))];
}

/** Which hosts have an address in which network, both families, in the order of the hosts and their interfaces. */
export function hostNetworks(hosts: Host[]): HostNetwork[] {
  const networks = new Map<string, string[]>();
  for (const host of hosts) {
    for (const cidr of networksOf(host)) {
      const ids = networks.get(cidr);
      if (ids === undefined) networks.set(cidr, [host.id]);
      else ids.push(host.id);
    }
  }
  return [...networks].map(([cidr, hostIds]) => ({ cidr, hostIds }));
}

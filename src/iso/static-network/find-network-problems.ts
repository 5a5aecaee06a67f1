import { familyOf } from '../../domain/network/address';
import { bondOptions, modesOfOption } from './bond-options';
import type { DesiredAddressing, DesiredInterface, DesiredNetwork } from './nmstate-schema';
import { isAddressed } from './addressing';
import { findDnsInterface } from './find-dns-interface';
import { portsOf } from './ports-of';

type Bond = Extract<DesiredInterface, { type: 'bond' }>;

/** What is wrong with a desired state though each of its fields is right: one sentence each, with the field. */
export function findNetworkProblems(network: DesiredNetwork): string[] {
  return [...interfaceProblems(network), ...routeProblems(network), ...dnsProblems(network)];
}

function interfaceProblems({ interfaces }: DesiredNetwork): string[] {
  const seen = new Set<string>();
  const controllers = new Map<string, string>();
  for (const nic of interfaces) for (const port of portsOf(nic)) if (!controllers.has(port)) controllers.set(port, nic.name);
  return interfaces.flatMap((nic, index) => {
    const field = `interfaces[${index}]`;
    const isRepeated = seen.has(nic.name);
    seen.add(nic.name);
    const controller = controllers.get(nic.name);
    const isAddressedPort = controller !== undefined && (isAddressed(nic.ipv4) || isAddressed(nic.ipv6));
    const base = nic.type === 'vlan' ? nic.vlan['base-iface'] : undefined;
    return [
      ...(isRepeated ? [`${field}.name is there twice`] : []),
      ...(isAddressedPort ? [`${field} is a port of ${controller} and can have no addresses: disable its ipv4 and ipv6`] : []),
      ...(base === nic.name ? [`${field}.vlan.base-iface must be another interface`] : []),
      ...portProblems(nic, field, controllers),
      ...addressingProblems(nic.ipv4, `${field}.ipv4`),
      ...addressingProblems(nic.ipv6, `${field}.ipv6`),
      ...(nic.type === 'bond' ? bondProblems(nic, `${field}.link-aggregation`) : []),
    ];
  });
}

function portProblems(nic: DesiredInterface, field: string, controllers: ReadonlyMap<string, string>): string[] {
  const ports = portsOf(nic);
  return [
    ...(ports.includes(nic.name) ? [`${field} cannot be a port of itself`] : []),
    ...(new Set(ports).size < ports.length ? [`${field} has a port twice`] : []),
    ...ports.filter((port) => controllers.get(port) !== nic.name).map((port) => `${field} has the port ${port}, which is one of ${controllers.get(port)} already`),
  ];
}

function addressingProblems(addressing: DesiredAddressing | undefined, field: string): string[] {
  if (!addressing?.enabled) return [];
  const isAutomatic = addressing.dhcp === true || addressing.autoconf === true;
  return [
    ...(isAutomatic && (addressing.address?.length ?? 0) > 0 ? [`${field} has both addresses and dhcp or autoconf: use one of them`] : []),
    ...(addressing.autoconf === true && addressing.dhcp !== true ? [`${field}.autoconf needs dhcp: true beside it`] : []),
  ];
}

function bondProblems({ 'link-aggregation': { mode, options = {}, port, slaves } }: Bond, field: string): string[] {
  const unknown = Object.keys(options).filter((option) => !bondOptions.some((known) => known === option));
  const misplaced = bondOptions.filter((option) => options[option] !== undefined && modesOfOption[option]?.includes(mode) === false);
  const { primary } = options;
  return [
    ...(port && slaves ? [`${field} has both port and slaves, which is the old name of port: use one of them`] : []),
    ...unknown.map((option) => `${field}.options.${option} is not known; known are ${bondOptions.join(', ')}`),
    ...misplaced.map((option) => `${field}.options.${option} is not for mode ${mode}, only for ${modesOfOption[option]?.join(', ')}`),
    ...(options.miimon !== undefined && Number(options.miimon) > 0 && options.arp_interval !== undefined && Number(options.arp_interval) > 0 ? [`${field}.options has both miimon and arp_interval: use one of them`] : []),
    ...((options.arp_interval === undefined) === (options.arp_ip_target === undefined) ? [] : [`${field}.options needs arp_interval and arp_ip_target together`]),
    ...((options.updelay !== undefined || options.downdelay !== undefined) && options.miimon === undefined ? [`${field}.options has updelay or downdelay, which need miimon`] : []),
    ...(primary !== undefined && !(port ?? slaves ?? []).includes(primary) ? [`${field}.options.primary must be a port of the bond`] : []),
  ];
}

function routeProblems({ interfaces, routes }: DesiredNetwork): string[] {
  return (routes?.config ?? []).flatMap((route, index) => {
    const field = `routes.config[${index}]`;
    const family = familyOf(route.destination);
    const hop = route['next-hop-address'];
    const nic = interfaces.find(({ name }) => name === route['next-hop-interface']);
    const addressing = family === 6 ? nic?.ipv6 : nic?.ipv4;
    return [
      ...(hop !== undefined && familyOf(hop) !== family ? [`${field}.next-hop-address must be of the same family as the destination`] : []),
      ...(nic ? [] : [`${field}.next-hop-interface must be one of the interfaces`]),
      ...(nic && !isAddressed(addressing) ? [`${field}.next-hop-interface has no IPv${family} addresses`] : []),
    ];
  });
}

function dnsProblems(network: DesiredNetwork): string[] {
  const { server = [], search = [] } = network['dns-resolver']?.config ?? {};
  const order = server.map((address) => familyOf(address));
  const families = new Set(order);
  const isMixed = order.some((family, index) => index > 0 && family !== order[index - 1] && family === order[0]);
  const missing = ([4, 6] as const).filter((family) => families.has(family) && !findDnsInterface(network, family));
  return [
    ...(isMixed ? ['dns-resolver.config.server must list the addresses of one IP family after those of the other'] : []),
    ...missing.map((family) => `dns-resolver.config.server has IPv${family} addresses, but no interface has addresses of that family`),
    ...(search.length > 0 && !findDnsInterface(network, 4) && !findDnsInterface(network, 6) ? ['dns-resolver.config.search needs an interface with addresses'] : []),
  ];
}

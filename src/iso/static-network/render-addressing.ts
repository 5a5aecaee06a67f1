import { familyOf, parseCidr } from '../../domain/network/address';
import { methodOf } from './addressing';
import { findDnsInterface } from './find-dns-interface';
import type { KeyfileSections } from './keyfile';
import type { DesiredInterface, DesiredNetwork, DesiredRoute } from './nmstate-schema';

/** NetworkManager's word for "wait for ever": a server that answers late is better than a host that never comes. */
const forever = 2_147_483_647;

/** The section `ipv4` or `ipv6` of an interface's connection, with its routes and, where it is the one for them, the name servers. */
export function renderAddressing(network: DesiredNetwork, nic: DesiredInterface, family: 4 | 6): KeyfileSections[string] {
  const addressing = family === 4 ? nic.ipv4 : nic.ipv6;
  const method = methodOf(addressing, family);
  if (method === 'disabled') return { method };
  const isAutomatic = method === 'auto' || method === 'dhcp';
  return {
    method,
    ...(isAutomatic ? { 'dhcp-timeout': forever } : {}),
    ...(isAutomatic && family === 6 ? { 'ra-timeout': forever } : {}),
    ...(family === 6 ? { 'addr-gen-mode': 0 } : {}),
    ...Object.fromEntries((addressing?.address ?? []).map(({ ip, 'prefix-length': prefix }, index) => [`address${index + 1}`, `${ip}/${prefix}`])),
    ...(addressing?.['auto-dns'] === false ? { 'ignore-auto-dns': true } : {}),
    ...(addressing?.['auto-routes'] === false ? { 'ignore-auto-routes': true } : {}),
    ...(addressing?.['auto-gateway'] === false ? { 'never-default': true } : {}),
    ...renderNameServers(network, nic, family),
    ...renderRoutes(network, nic, family),
  };
}

function renderNameServers(network: DesiredNetwork, nic: DesiredInterface, family: 4 | 6): KeyfileSections[string] {
  const { server = [], search = [] } = network['dns-resolver']?.config ?? {};
  const first = server[0];
  const searchFamily = first === undefined ? (findDnsInterface(network, 4) ? 4 : 6) : familyOf(first);
  if (findDnsInterface(network, family)?.name !== nic.name) return {};
  const ours = server.filter((address) => familyOf(address) === family);
  return {
    ...(ours.length > 0 ? { dns: list(ours), 'dns-priority': searchFamily === family ? 40 : 50 } : {}),
    ...(search.length > 0 && searchFamily === family ? { 'dns-search': list(search) } : {}),
  };
}

function renderRoutes({ routes }: DesiredNetwork, nic: DesiredInterface, family: 4 | 6): KeyfileSections[string] {
  const ours = (routes?.config ?? []).filter((route) => route['next-hop-interface'] === nic.name && familyOf(route.destination) === family);
  return Object.fromEntries(
    ours.flatMap((route, index) => {
      const key = `route${index + 1}`;
      const table = route['table-id'];
      return [[key, renderRoute(route, family)], ...(table === undefined ? [] : [[`${key}_options`, `table=${table}`]])];
    }),
  ) as Record<string, string>;
}

function renderRoute({ destination, 'next-hop-address': hop, metric }: DesiredRoute, family: 4 | 6): string {
  const parts = [parseCidr(destination)?.network ?? destination];
  if (hop !== undefined || metric !== undefined) parts.push(hop ?? (family === 4 ? '0.0.0.0' : '::'));
  if (metric !== undefined) parts.push(String(metric));
  return parts.join(',');
}

const list = (entries: readonly string[]): string => entries.map((entry) => `${entry};`).join('');

import { familyOf } from '../../domain/network/address';
import { isAddressed } from './addressing';
import type { DesiredInterface, DesiredNetwork } from './nmstate-schema';

/**
 * The interface that gets the name servers of a family, because NetworkManager knows them by connection: the one with the default
 * route, else the first with fixed addresses, else the first with any.
 */
export function findDnsInterface({ interfaces, routes }: DesiredNetwork, family: 4 | 6): DesiredInterface | undefined {
  const addressingOf = (nic: DesiredInterface) => (family === 4 ? nic.ipv4 : nic.ipv6);
  const candidates = interfaces.filter((nic) => isAddressed(addressingOf(nic)));
  const gateways = (routes?.config ?? []).filter(({ destination }) => destination.endsWith('/0') && familyOf(destination) === family).map((route) => route['next-hop-interface']);
  return candidates.find(({ name }) => gateways.includes(name)) ?? candidates.find((nic) => (addressingOf(nic)?.address?.length ?? 0) > 0) ?? candidates[0];
}

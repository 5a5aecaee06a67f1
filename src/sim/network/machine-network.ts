import { type Cidr, parseCidr } from '../../domain/network/address';
import { addressAt } from './address-at';

/** The network simulated machines are plugged into. */
export interface MachineNetwork {
  cidr: string;
  /** The same, read. */
  range: Cidr;
  gateway: string;
  /** Position of the first machine's address in the network. */
  firstPosition: number;
  /** Addresses that are left for the cluster, and that a DHCP server here would lease. */
  apiVip: string;
  ingressVip: string;
}

/** A network for up to 80 machines: gateway .1, machines from .10, virtual addresses .100 and .101. */
export function createMachineNetwork(cidr = '192.168.126.0/24'): MachineNetwork {
  const range = parseCidr(cidr);
  if (range === undefined) throw new Error(`not a network: ${cidr}`);
  return { cidr, range, gateway: addressAt(range, 1), firstPosition: 10, apiVip: addressAt(range, 100), ingressVip: addressAt(range, 101) };
}

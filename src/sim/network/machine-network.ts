import { addressAt } from './ipv4';

/** The network simulated machines are plugged into. */
export interface MachineNetwork {
  cidr: string;
  gateway: string;
  /** Position of the first machine's address in the network. */
  firstPosition: number;
  /** Addresses that are left for the cluster, and that a DHCP server here would lease. */
  apiVip: string;
  ingressVip: string;
}

/** A network for up to 80 machines: gateway .1, machines from .10, virtual addresses .100 and .101. */
export function createMachineNetwork(cidr = '192.168.126.0/24'): MachineNetwork {
  return { cidr, gateway: addressAt(cidr, 1), firstPosition: 10, apiVip: addressAt(cidr, 100), ingressVip: addressAt(cidr, 101) };
}

import { createHash } from 'node:crypto';
import { hostIdOf } from '../../agent/protocol/host-id';
import type { MachineNetwork } from '../network/machine-network';
import { addressAt } from '../network/address-at';
import type { MachineProfile } from './profile';

/** What stays the same about a simulated machine. */
export interface MachineFacts {
  index: number;
  serial: string;
  hostId: string;
  hostname: string;
  /** In the machine network, without prefix length. */
  address: string;
  prefix: number;
  nicName: string;
  mac: string;
  secondMac: string;
  bmcAddress: string;
  profile: MachineProfile;
  network: MachineNetwork;
}

function macOf(seed: string): string {
  const digest = createHash('sha256').update(seed).digest('hex');
  return ['52', '54', '00', digest.slice(0, 2), digest.slice(2, 4), digest.slice(4, 6)].join(':');
}

/** Facts of the machine with an index; `fleet` keeps the serials of several fleets apart. */
export function createMachineFacts(profile: MachineProfile, index: number, network: MachineNetwork, fleet: string): MachineFacts {
  const serial = `SIM-${fleet}-${String(index).padStart(4, '0')}`;
  return {
    index,
    serial,
    hostId: hostIdOf(serial),
    hostname: profile.hostname ?? `node-${index}`,
    address: addressAt(network.range, network.firstPosition + index),
    prefix: network.range.prefix,
    nicName: 'eno1',
    mac: macOf(`${serial}/0`),
    secondMac: macOf(`${serial}/1`),
    bmcAddress: `10.90.${Math.floor(index / 250)}.${(index % 250) + 1}`,
    profile,
    network,
  };
}

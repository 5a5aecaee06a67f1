import type { Inventory } from '../../domain/host/inventory';
import { cpuFlags } from './cpu-flags';
import { addressAt } from '../network/address-at';
import type { MachineFacts } from './machine-facts';
import { makeDisks } from './make-disks';

const gib = 1024 ** 3;

/** What the agent of a machine reports of it, about 10 kB as JSON; `at` is the reading of the machine's clock. */
export function makeInventory(machine: MachineFacts, at: Date): Inventory {
  const { profile, network } = machine;
  const nic = { vendor: '0x8086', product: '0x1572', has_carrier: true, mtu: 1500, speed_mbps: 10_000, ipv6_addresses: [], client_id: '' };
  return {
    hostname: machine.hostname,
    bmc_address: machine.bmcAddress,
    bmc_v6address: '::/0',
    timestamp: Math.floor(at.getTime() / 1000),
    boot: { current_boot_mode: 'uefi', pxe_interface: '' },
    system_vendor: { manufacturer: profile.manufacturer, product_name: profile.productName, serial_number: machine.serial, virtual: false },
    memory: { physical_bytes: profile.memoryGib * gib, usable_bytes: profile.memoryGib * gib - 2 * gib },
    cpu: { count: profile.cpuCount, frequency: 2100, flags: cpuFlags, model_name: profile.cpuModel, architecture: 'x86_64' },
    gpus: [{ vendor: 'Matrox Electronics Systems Ltd.', vendor_id: '102b', device_id: '0536', name: 'Integrated Matrox G200eW3 Graphics Controller', address: '0000:03:00.0' }],
    routes: [
      { interface: machine.nicName, gateway: network.gateway, destination: '0.0.0.0', family: 2 },
      { interface: machine.nicName, gateway: '', destination: addressAt(network.range, 0), family: 2 },
    ],
    interfaces: [
      {
        ...nic,
        name: machine.nicName,
        mac_address: machine.mac,
        ipv4_addresses: [`${machine.address}/${machine.prefix}`],
        flags: ['up', 'broadcast', 'multicast'],
        biosdevname: 'em1',
      },
      { ...nic, name: 'eno2', mac_address: machine.secondMac, ipv4_addresses: [], has_carrier: false, speed_mbps: -1, flags: ['broadcast', 'multicast'], biosdevname: 'em2' },
    ],
    disks: makeDisks(machine),
  };
}

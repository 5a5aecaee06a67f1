import type { InventoryInterface } from '../../domain/host/inventory';
import { familyOf } from '../../domain/network/address';
import type { Machine } from '../machine/machine';
import { exists, listFolder, readInteger, readText } from '../machine/read';
import { readAddresses } from './addresses';

const net = '/sys/class/net';
/** Of an interface, as the kernel has it (IFNAMSIZ). */
const longestName = 15;
/** Flags of an interface as the kernel numbers them (linux/if.h), by their usual names. */
const flagBits: readonly (readonly [string, number])[] = [['up', 0x1], ['broadcast', 0x2], ['loopback', 0x8], ['pointtopoint', 0x10], ['running', 0x40], ['multicast', 0x1000]];

/** Interfaces a cluster's network may use: those of hardware, bonds and VLANs. Virtual functions count once they have an address. */
export async function readInterfaces(machine: Machine): Promise<InventoryInterface[]> {
  const [names, addresses] = await Promise.all([listFolder(machine, net), readAddresses(machine)]);
  const found = await Promise.all(
    names.map(async (name) => ((await isCandidate(machine, name, addresses.get(name) ?? [])) ? readInterface(machine, name, addresses.get(name) ?? []) : undefined)),
  );
  return found.flatMap((nic) => nic ?? []);
}

async function isCandidate(machine: Machine, name: string, addresses: readonly string[]): Promise<boolean> {
  if (await exists(machine, `${net}/${name}/device`)) return addresses.length > 0 || !(await exists(machine, `${net}/${name}/device/physfn`));
  if (await exists(machine, `${net}/${name}/bonding`)) return true;
  return /^DEVTYPE=vlan$/m.test(await readText(machine, `${net}/${name}/uevent`));
}

async function readInterface(machine: Machine, name: string, addresses: readonly string[]): Promise<InventoryInterface> {
  const file = (attribute: string): string => `${net}/${name}/${attribute}`;
  const [mac, carrier, mtu, speed, flags, vendor, product, biosdevname] = await Promise.all([
    readText(machine, file('address')), readText(machine, file('carrier')), readInteger(machine, file('mtu')), readInteger(machine, file('speed')),
    readText(machine, file('flags')), readText(machine, file('device/vendor')), readText(machine, file('device/device')), readBiosName(machine, name),
  ]);
  const bits = Number.parseInt(flags, 16) || 0;
  return {
    name,
    mac_address: mac.toLowerCase(),
    ipv4_addresses: addresses.filter((cidr) => familyOf(cidr) === 4),
    ipv6_addresses: addresses.filter((cidr) => familyOf(cidr) === 6),
    has_carrier: carrier === '1',
    mtu: mtu ?? 0,
    // What has no link, and most virtual cards, tell no speed.
    speed_mbps: speed ?? -1,
    flags: flagBits.filter(([, bit]) => (bits & bit) !== 0).map(([flag]) => flag),
    vendor,
    product,
    biosdevname,
    client_id: '',
  };
}

async function readBiosName(machine: Machine, name: string): Promise<string> {
  if (!machine.has('biosdevname')) return '';
  const result = await machine.run('biosdevname', ['-i', name], { timeoutMs: 1_500 });
  const told = result.stdout.trim();
  return result.end === 'exited' && result.code === 0 && told.length <= longestName ? told : '';
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInventory } from '../../../src/agent/inventory/read-inventory';
import { isRecord } from '../../../src/agent/protocol/is-record';
import type { Inventory } from '../../../src/domain/host/inventory';
import { findViolations } from '../../sim/contract-schema';
import schemas from '../../sim/contract-schemas.json';
import { FixtureMachine, type MachineTree } from '../fixture-machine';
import { serverTree } from '../server';

const definitions: Readonly<Record<string, unknown>> = schemas.definitions;

/** The paths of all that the contract names in a definition, as `disks[].io_perf.sync_duration`. */
function pathsOf(schema: unknown, at = ''): string[] {
  if (!isRecord(schema)) return [at];
  const { $ref, properties, items } = schema;
  if (typeof $ref === 'string') return pathsOf(definitions[$ref.split('/').at(-1) ?? ''], at);
  if (items !== undefined) return pathsOf(items, `${at}[]`);
  if (!isRecord(properties)) return [at];
  return Object.entries(properties).flatMap(([name, property]) => pathsOf(property, at === '' ? name : `${at}.${name}`));
}

/** The paths at which a value says something: neither an empty text nor zero nor an empty list. */
function toldIn(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => toldIn(item, `${at}[]`));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, inner]) => toldIn(inner, at === '' ? name : `${at}.${name}`));
  return value === '' || value === 0 || value === undefined || value === null ? [] : [at];
}

const base = serverTree(Buffer.alloc(64 * 1024), Buffer.alloc(64 * 1024));
const dmi = (vendor: string, product: string, serial: string) => ({ '/sys/class/dmi/id/sys_vendor': `${vendor}\n`, '/sys/class/dmi/id/product_name': `${product}\n`, '/sys/class/dmi/id/product_serial': `${serial}\n` });
const without = (tree: MachineTree, pattern: RegExp): NonNullable<MachineTree['files']> => Object.fromEntries(Object.entries(tree.files ?? {}).filter(([path]) => !pattern.test(path)));
const nic = (name: string, attributes: Record<string, string>) => Object.fromEntries(Object.entries(attributes).map(([attribute, value]) => [`/sys/class/net/${name}/${attribute}`, `${value}\n`]));
const lsblk = (...blockdevices: object[]) => ({ lsblk: () => ({ stdout: JSON.stringify({ blockdevices }) }), ip: base.programs?.['ip'] ?? (() => ({})) });

const machines: Record<string, MachineTree> = {
  'a Dell with a virtual CD': base,
  'an HP with its management controller and a disk that tells of its health': {
    ...base,
    files: { ...base.files, ...dmi('HPE', 'ProLiant DL360 Gen10', 'CZJ0000001'), '/dev/ipmi0': '' },
    programs: {
      ...base.programs,
      ipmitool: (args) => ({ stdout: args.includes('lan6') ? '    Address                     : 2001:db8::b/64\n' : 'IP Address Source       : DHCP Address\nIP Address              : 10.9.0.4\n' }),
      smartctl: () => ({ stdout: '{"smart_status":{"passed":true}}', code: 4 }),
      biosdevname: (args) => ({ stdout: args.includes('eno1') ? 'em1\n' : '', code: args.includes('eno1') ? 0 : 4 }),
    },
  },
  'a virtual machine of KVM started by its BIOS': {
    files: {
      ...without(base, /^\/sys\/(firmware|class\/net|bus)|^\/dev\//), ...dmi('Red Hat', 'KVM', ''), '/proc/cmdline': 'BOOT_IMAGE=vmlinuz\n', '/proc/mounts': '/dev/sr0 /run/media/iso iso9660 ro 0 0\n', '/dev/vda': Buffer.alloc(1024),
      '/proc/cpuinfo': 'processor\t: 0\nmodel name\t: Intel Xeon Processor (Skylake)\ncpu MHz\t\t: 2095.078\nflags\t\t: fpu hypervisor\n',
      ...nic('ens3', { address: '52:54:00:99:99:99', carrier: '1', mtu: '1500', speed: '-1', flags: '0x1003', 'device/vendor': '0x1af4', 'device/device': '0x0001' }),
    },
    programs: lsblk({ name: 'vda', kname: 'vda', type: 'disk', size: 128_849_018_880, rota: true, rm: false, ro: false, tran: 'virtio', vendor: '0x1af4', model: null, serial: null, wwn: null, hctl: null }),
  },
  'a server with Arm processors': {
    ...base,
    files: { ...base.files, ...dmi('Ampere', 'Mt. Jade', 'A1'), '/proc/cpuinfo': [0, 1].map((cpu) => `processor\t: ${cpu}\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd evtstrm aes\nCPU implementer\t: 0x41\n`).join('\n'), '/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq': '3000000\n' },
  },
  'a machine of IBM Z without DMI': {
    files: {
      ...without(base, /^\/sys\/(class\/dmi|firmware|class\/net|bus)|^\/dev\//), '/proc/cmdline': 'rd.neednet=1\n', '/proc/mounts': '', '/dev/dasda': Buffer.alloc(1024),
      '/proc/cpuinfo': 'vendor_id       : IBM/S390\n# processors    : 2\nfeatures\t: esan3 zarch stfle\nprocessor 0: version = FF,  identification = 0133E8,  machine = 2964\nprocessor 1: version = FF,  identification = 0133E8,  machine = 2964\n\ncpu MHz dynamic : 5000\n',
      ...nic('enc1000', { address: '02:00:00:00:00:10', carrier: '1', mtu: '1500', flags: '0x1003', 'device/cutype': '1731/01' }),
    },
    programs: lsblk({ name: 'dasda', kname: 'dasda', type: 'disk', size: 126_000_000_000, rota: true, rm: false, ro: false, tran: null, vendor: null, model: null, serial: null, wwn: null, hctl: null }),
  },
};

/** What no machine tells, and why. */
const never: Record<string, string> = {
  'interfaces[].client_id': 'the identifier that DHCP over InfiniBand needs; no file of the kernel has it',
  'disks[].io_perf.sync_duration': 'measured by a step of its own, whose answer the service keeps beside the inventory',
};

describe('the inventory', () => {
  const read = new Map<string, Inventory>();
  const fixtures: FixtureMachine[] = [];
  beforeAll(async () => {
    for (const [name, tree] of Object.entries(machines)) {
      const machine = new FixtureMachine(tree);
      fixtures.push(machine);
      read.set(name, await readInventory(machine));
    }
  });
  afterAll(() => fixtures.forEach((machine) => machine.remove()));
  const of = (name: string): Inventory => read.get(name) ?? {};

  it.each(Object.keys(machines))('of %s is what the contract says', (name) => {
    expect(findViolations('inventory', of(name))).toEqual([]);
    expect(of(name)).toMatchObject({ cpu: { count: expect.any(Number) }, disks: expect.arrayContaining([expect.anything()]), interfaces: expect.arrayContaining([expect.anything()]) });
    expect(Math.min(of(name).cpu?.count ?? 0, of(name).cpu?.flags?.length ?? 0)).toBeGreaterThan(0);
  });

  it('names every property of the contract, and tells each of some machine unless there is a reason', () => {
    const named = pathsOf(definitions['inventory']);
    const told = new Set([...read.values()].flatMap((inventory) => toldIn(inventory)));
    expect(named.length).toBeGreaterThan(45);
    // An empty reason list is a disk that nothing speaks against; lists of texts count by their items.
    expect(named.filter((path) => !told.has(path) && never[path] === undefined)).toEqual([]);
    expect([...told].filter((path) => !named.includes(path))).toEqual([]);
    expect(Object.keys(never).filter((path) => told.has(path) || !named.includes(path))).toEqual([]);
  });

  it('tells machines apart as they are', () => {
    expect(of('an HP with its management controller and a disk that tells of its health')).toMatchObject({ bmc_address: '10.9.0.4', bmc_v6address: '2001:db8::b/64', system_vendor: { manufacturer: 'HPE', virtual: false } });
    expect(of('a virtual machine of KVM started by its BIOS')).toMatchObject({
      boot: { current_boot_mode: 'bios' }, system_vendor: { virtual: true }, gpus: [], cpu: { frequency: 2095 },
      disks: [{ name: 'vda', path: '/dev/vda', id: '/dev/vda', drive_type: 'HDD', installation_eligibility: { eligible: true } }], interfaces: [{ name: 'ens3', vendor: '0x1af4' }],
    });
    expect(of('a server with Arm processors')).toMatchObject({ cpu: { count: 2, frequency: 3000, flags: ['fp', 'asimd', 'evtstrm', 'aes'] } });
    expect(of('a machine of IBM Z without DMI')).toMatchObject({ cpu: { count: 2, flags: ['esan3', 'zarch', 'stfle'] }, disks: [{ name: 'dasda' }], system_vendor: { manufacturer: '' }, interfaces: [{ name: 'enc1000' }] });
  });
});

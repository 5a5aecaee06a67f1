import { afterEach, describe, expect, it } from 'vitest';
import { readInventory } from '../../../src/agent/inventory/read-inventory';
import { createMachine } from '../../../src/agent/machine/create-machine';
import { readHostId } from '../../../src/agent/machine/read-host-id';
import { findViolations } from '../../sim/contract-schema';
import { FixtureMachine, type MachineTree } from '../fixture-machine';
import { hostId, makeLiveImage, serverTree } from '../server';

const machines: FixtureMachine[] = [];
afterEach(() => machines.splice(0).forEach((machine) => machine.remove()));
function machineOf(tree: MachineTree): FixtureMachine {
  const machine = new FixtureMachine(tree);
  machines.push(machine);
  return machine;
}

describe('the inventory of a rack server', () => {
  it('is what the contract says, and names the machine', async () => {
    const machine = machineOf(serverTree());
    const inventory = await readInventory(machine);
    expect(findViolations('inventory', inventory)).toEqual([]);
    expect(inventory).toMatchObject({
      hostname: 'server-1', timestamp: 1_795_262_400, bmc_address: '0.0.0.0', bmc_v6address: '::/0',
      boot: { current_boot_mode: 'uefi', pxe_interface: 'eno1' },
      system_vendor: { manufacturer: 'Dell Inc.', product_name: 'PowerEdge R430', serial_number: 'SVC7TAG', virtual: false },
      memory: { physical_bytes: 32 * 1024 ** 3, usable_bytes: 32_779_000 * 1024 },
      cpu: { count: 4, frequency: 2100, flags: ['fpu', 'vme', 'vmx', 'sse4_2'], model_name: 'Intel(R) Xeon(R) CPU E5-2620 v4 @ 2.10GHz' },
      gpus: [{ vendor: 'Matrox Electronics Systems Ltd.', vendor_id: '102b', device_id: '0536', name: 'Integrated Matrox G200eW3 Graphics Controller', address: '0000:03:00.0' }],
      routes: [
        { interface: 'eno1', gateway: '192.168.126.1', destination: '0.0.0.0', family: 2 }, { interface: 'eno1', gateway: '', destination: '192.168.126.0', family: 2 },
        { interface: 'eno1', gateway: 'fe80::ff', destination: '::', family: 10 }, { interface: 'eno1', gateway: '', destination: '2001:db8::', family: 10 },
      ],
    });
    expect(await readHostId(machine)).toBe(hostId);
  });

  it('has the interfaces a cluster may use: no loopback, no container link, no virtual function without an address', async () => {
    const { interfaces } = await readInventory(machineOf(serverTree()));
    expect(interfaces?.map(({ name }) => name)).toEqual(['bond0', 'bond0.100', 'eno1', 'eno2']);
    expect(interfaces?.[2]).toEqual({
      name: 'eno1', mac_address: '52:54:00:11:22:33', ipv4_addresses: ['192.168.126.10/24'], ipv6_addresses: ['2001:db8::10/64'], has_carrier: true, mtu: 1500,
      speed_mbps: 10_000, flags: ['up', 'broadcast', 'multicast'], vendor: '0x8086', product: '0x1572', biosdevname: '', client_id: '',
    });
    expect(interfaces?.[3]).toMatchObject({ has_carrier: false, speed_mbps: -1, ipv4_addresses: [] });
  });

  it('says of each disk what it is, and what speaks against installing on it', async () => {
    const { disks = [] } = await readInventory(machineOf(serverTree()));
    const reasons = Object.fromEntries(disks.map((disk) => [disk.name, disk.installation_eligibility?.not_eligible_reasons]));
    expect(reasons).toEqual({
      nvme0n1: [], sda: [], sdb: ['Disk is a path of a multipath device'], sdc: ['Disk is removable'], sr0: ['Disk is removable', 'Disk is an installation media'],
    });
    expect(disks.map(({ drive_type: type }) => type)).toEqual(['SSD', 'HDD', 'FC', 'HDD', 'ODD']);
    expect(disks[1]).toMatchObject({
      id: '/dev/disk/by-id/wwn-0x5000c50056f5d6a3', by_id: '/dev/disk/by-id/wwn-0x5000c50056f5d6a3', by_path: '/dev/disk/by-path/pci-0000:18:00.0-scsi-0:2:0:0',
      path: '/dev/sda', vendor: 'SEAGATE', model: 'ST1000NM0023', serial: 'Z1W2ABCD', wwn: '0x5000c50056f5d6a3', hctl: '0:0:0:0', bootable: true, is_installation_media: false,
    });
    expect(disks[4]).toMatchObject({ is_installation_media: true, bootable: false });
  });

  it('does not call a disk with a mounted file system eligible', async () => {
    const tree = serverTree();
    const { disks = [] } = await readInventory(machineOf({ ...tree, files: { ...tree.files, '/proc/mounts': '/dev/sda1 /var/data ext4 rw 0 0\n' } }));
    expect(disks.find(({ name }) => name === 'sda')?.installation_eligibility).toEqual({ eligible: false, not_eligible_reasons: ['Disk is in use by the running system: /var/data'] });
    // Nothing is mounted as the live medium: it is known by the volume that the kernel was told of.
    expect(disks.find(({ name }) => name === 'sr0')?.is_installation_media).toBe(true);
  });
});

describe('the medium of a system whose root file system came over the network', () => {
  const mediumOf = async (image: Buffer): Promise<(string | undefined)[]> => {
    const { files, ...tree } = serverTree(image);
    const cmdline = 'BOOT_IMAGE=/images/pxeboot/vmlinuz coreos.live.rootfs_url=http://10.0.2.2/rootfs.img ignition.firstboot\n';
    const { disks = [] } = await readInventory(machineOf({ ...tree, files: { ...files, '/proc/cmdline': cmdline, '/proc/mounts': '' } }));
    return disks.filter((disk) => disk.is_installation_media).map(({ name }) => name);
  };

  it('is the one with a minimal image', async () => {
    const image = makeLiveImage();
    image.write('ramdisk+', 32_720, 'latin1');
    expect(await mediumOf(image)).toEqual(['sr0']);
  });

  it('is none where only a full one is at hand: the system came over the network itself', async () => {
    expect(await mediumOf(makeLiveImage())).toEqual([]);
  });
});

describe('the inventory of a machine without lsblk and ip', () => {
  it('comes from the kernel', async () => {
    const { files, links } = serverTree();
    const machine = machineOf({
      files: {
        ...files,
        '/proc/net/route': 'Iface\tDestination\tGateway \tFlags\neno1\t00000000\t017EA8C0\t0003\neno1\t007EA8C0\t00000000\t0001\n',
        '/sys/block/vda/size': '16384\n', '/sys/block/vda/queue/rotational': '1\n', '/sys/block/vda/removable': '0\n', '/sys/block/vda/ro': '0\n', '/sys/block/vda/serial': 'disk-1\n',
        '/sys/block/vda/vda1/partition': '1\n', '/dev/vda': Buffer.alloc(1024),
        '/sys/block/loop0/size': '10\n', '/sys/block/sr0/size': '12288\n', '/sys/block/sr0/removable': '1\n',
      },
      links: { ...links, '/sys/block/sr0/device': '../../../8:0:0:0' },
    });
    const inventory = await readInventory(machine);
    expect(findViolations('inventory', inventory)).toEqual([]);
    expect(inventory.disks?.map(({ name, size_bytes, serial, hctl, id }) => ({ name, size_bytes, serial, hctl, id }))).toEqual([
      { name: 'sr0', size_bytes: 12288 * 512, serial: '', hctl: '8:0:0:0', id: '/dev/sr0' },
      { name: 'vda', size_bytes: 16384 * 512, serial: 'disk-1', hctl: '', id: '/dev/vda' },
    ]);
    expect(inventory.routes).toEqual([
      { interface: 'eno1', gateway: '192.168.126.1', destination: '0.0.0.0', family: 2 }, { interface: 'eno1', gateway: '', destination: '192.168.126.0', family: 2 },
    ]);
  });
});

describe('a machine that tells nothing', () => {
  it('still has an inventory of the contract, and the zero id', async () => {
    const machine = machineOf({});
    const inventory = await readInventory(machine);
    expect(findViolations('inventory', inventory)).toEqual([]);
    expect(inventory).toMatchObject({ hostname: 'from-node', boot: { current_boot_mode: 'bios' }, cpu: { count: 0 }, disks: [], interfaces: [] });
    expect(await readHostId(machine)).toBe('00000000-0000-0000-0000-000000000000');
  });
});

describe('this machine', () => {
  it('has processors, memory and an inventory of the contract', async () => {
    const inventory = await readInventory(createMachine({ environment: process.env }));
    expect(findViolations('inventory', inventory)).toEqual([]);
    expect(inventory.cpu?.count).toBeGreaterThan(0);
    expect(inventory.memory?.usable_bytes).toBeGreaterThan(256 * 1024 ** 2);
    expect(inventory.memory?.physical_bytes).toBeGreaterThanOrEqual(inventory.memory?.usable_bytes ?? 0);
  });
});

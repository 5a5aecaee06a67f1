import { randomBytes } from 'node:crypto';
import { descriptorOffset, formatEmbedArea } from '../../src/iso/embed-area';
import type { MachineTree } from './fixture-machine';

const MiB = 1024 * 1024;
export const serial = 'ABC123';
export const hostId = 'bbf2dead-3746-54cb-b32a-917afd236656';
export const embedArea = { offset: 3 * MiB, length: 256 * 1024 };
export const volumeId = 'rhcos-48.84.202109241901-0';

/** A live image in small: its volume, its area for a configuration and noise for the rest. */
export function makeLiveImage(): Buffer {
  const image = randomBytes(6 * MiB);
  formatEmbedArea(embedArea).copy(image, descriptorOffset);
  image.fill(0, 32_768, 34_816);
  image.write('\u0001CD001\u0001', 32_768, 'latin1');
  image.write(volumeId.padEnd(32), 32_808, 'latin1');
  image.writeUInt32LE(image.length / 2048, 32_848);
  return image;
}

function bootSector(): Buffer {
  const disk = Buffer.alloc(8 * MiB);
  disk.writeUInt16BE(0x55aa, 510);
  return disk;
}

const lsblk = {
  blockdevices: [
    { name: 'loop0', kname: 'loop0', type: 'loop', size: 900_000_000, rota: false, rm: false, ro: true, tran: null, vendor: null, model: null, serial: null, wwn: null, hctl: null },
    {
      name: 'sda', kname: 'sda', type: 'disk', size: 8 * MiB, rota: true, rm: false, ro: false, tran: 'sas', vendor: 'SEAGATE ', model: 'ST1000NM0023', serial: 'Z1W2ABCD', wwn: '0x5000c50056f5d6a3', hctl: '0:0:0:0',
      children: [{ name: 'sda1', kname: 'sda1', type: 'part', size: 1_000_000_000 }],
    },
    { name: 'sdb', kname: 'sdb', type: 'disk', size: 4_000_000_000_000, rota: '0', rm: '0', ro: '0', tran: 'fc', vendor: 'NETAPP', model: 'LUN', serial: '80B', wwn: null, hctl: '7:0:0:1', children: [{ name: 'mpatha', kname: 'dm-0', type: 'mpath' }] },
    { name: 'sdc', kname: 'sdc', type: 'disk', size: 16_000_000_000, rota: true, rm: true, ro: false, tran: 'usb', vendor: 'Kingston', model: 'DataTraveler', serial: 'AA', wwn: null, hctl: '6:0:0:0' },
    { name: 'sr0', kname: 'sr0', type: 'rom', size: 6 * MiB, rota: true, rm: true, ro: false, tran: 'sata', vendor: 'iDRAC', model: 'Virtual_CD', serial: '1028_123456', wwn: null, hctl: '8:0:0:0' },
    { name: 'nvme0n1', kname: 'nvme0n1', type: 'disk', size: 8 * MiB, rota: false, rm: false, ro: false, tran: 'nvme', vendor: null, model: 'Dell Express Flash', serial: 'S39YNX0', wwn: 'eui.0025385', hctl: null },
  ],
};

const addresses = [
  { ifname: 'lo', addr_info: [{ family: 'inet', local: '127.0.0.1', prefixlen: 8 }] },
  { ifname: 'eno1', addr_info: [{ family: 'inet', local: '192.168.126.10', prefixlen: 24 }, { family: 'inet6', local: '2001:db8::10', prefixlen: 64 }, { family: 'inet6', local: 'fe80::1', prefixlen: 64 }] },
  { ifname: 'bond0.100', addr_info: [{ family: 'inet', local: '10.1.0.5', prefixlen: 16 }] },
];

const nic = (name: string, attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([attribute, value]) => [`/sys/class/net/${name}/${attribute}`, `${value}\n`]));

/** A rack server started from a virtual CD: files and programs as such machines have them. `image` is the medium, `disk` what /dev/nvme0n1 holds. */
export function serverTree(image: Buffer = makeLiveImage(), disk: Buffer = Buffer.alloc(8 * MiB)): MachineTree {
  return {
    files: {
      '/proc/cpuinfo': [0, 1, 2, 3].map((cpu) => `processor\t: ${cpu}\nmodel name\t: Intel(R) Xeon(R) CPU E5-2620 v4 @ 2.10GHz\ncpu MHz\t\t: ${1200 + cpu}.113\nflags\t\t: fpu vme vmx sse4_2\n`).join('\n'),
      '/proc/meminfo': 'MemTotal:       32779000 kB\nMemFree:        1000 kB\n',
      '/proc/cmdline': `BOOT_IMAGE=/images/pxeboot/vmlinuz coreos.liveiso=${volumeId} ignition.firstboot BOOTIF=01-52-54-00-11-22-33\n`,
      '/proc/mounts': '/dev/loop0 /sysroot squashfs ro 0 0\ntmpfs /run tmpfs rw 0 0\n/dev/sr0 /run/media/iso iso9660 ro 0 0\n',
      '/proc/sys/kernel/hostname': 'server-1\n',
      '/proc/sysrq-trigger': '',
      '/sys/firmware/efi/fw_platform_size': '64\n',
      '/sys/class/dmi/id/board_serial': `${serial}\n`,
      '/sys/class/dmi/id/product_uuid': '4C4C4544-0051-3010-8053-B7C04F4E3732\n',
      '/sys/class/dmi/id/product_serial': 'SVC7TAG\n',
      '/sys/class/dmi/id/sys_vendor': 'Dell Inc.\n',
      '/sys/class/dmi/id/product_name': 'PowerEdge R430\n',
      '/sys/devices/system/memory/block_size_bytes': '80000000\n',
      ...Object.fromEntries(Array.from({ length: 17 }, (_, block) => [`/sys/devices/system/memory/memory${block}/online`, block < 16 ? '1\n' : '0\n'])),
      '/sys/bus/pci/devices/0000:03:00.0/class': '0x030000\n',
      '/sys/bus/pci/devices/0000:03:00.0/vendor': '0x102b\n',
      '/sys/bus/pci/devices/0000:03:00.0/device': '0x0536\n',
      '/sys/bus/pci/devices/0000:04:00.0/class': '0x020000\n',
      '/usr/share/hwdata/pci.ids': '# list\n102a  Other\n\t0536  Wrong\n102b  Matrox Electronics Systems Ltd.\n\t0534  G200eR2\n\t0536  Integrated Matrox G200eW3 Graphics Controller\n102c  Next\n',
      ...nic('eno1', { address: '52:54:00:11:22:33', carrier: '1', mtu: '1500', speed: '10000', flags: '0x1003', 'device/vendor': '0x8086', 'device/device': '0x1572' }),
      ...nic('eno2', { address: '52:54:00:11:22:34', carrier: '0', mtu: '1500', speed: '-1', flags: '0x1002', 'device/vendor': '0x8086', 'device/device': '0x1572' }),
      ...nic('eno1v0', { address: '9a:00:00:00:00:01', carrier: '1', mtu: '1500', flags: '0x1003', 'device/physfn/vendor': '0x8086' }),
      ...nic('bond0', { address: '52:54:00:11:22:40', carrier: '1', mtu: '9000', speed: '20000', flags: '0x1403', 'bonding/mode': '802.3ad 4' }),
      ...nic('bond0.100', { address: '52:54:00:11:22:40', carrier: '1', mtu: '9000', speed: '20000', flags: '0x1003', uevent: 'DEVTYPE=vlan\nINTERFACE=bond0.100' }),
      ...nic('lo', { address: '00:00:00:00:00:00', carrier: '1', mtu: '65536', flags: '0x9' }),
      ...nic('veth0', { address: 'aa:00:00:00:00:00', carrier: '1', mtu: '1500', flags: '0x1003' }),
      '/dev/sda': bootSector(),
      '/dev/nvme0n1': disk,
      '/dev/sr0': image,
    },
    links: {
      '/dev/disk/by-id/ata-ST1000NM0023_Z1W2ABCD': '../../sda',
      '/dev/disk/by-id/wwn-0x5000c50056f5d6a3': '../../sda',
      '/dev/disk/by-id/wwn-0x5000c50056f5d6a3-part1': '../../sda1',
      '/dev/disk/by-id/nvme-eui.0025385': '../../nvme0n1',
      '/dev/disk/by-path/pci-0000:18:00.0-scsi-0:2:0:0': '../../sda',
      '/dev/disk/by-path/pci-0000:3b:00.0-fc-0x500a098288-lun-1': '../../sdb',
    },
    programs: {
      lsblk: () => ({ stdout: JSON.stringify(lsblk) }),
      ip: (args) => {
        if (args.includes('address')) return { stdout: JSON.stringify(addresses) };
        if (args.includes('-4')) return { stdout: JSON.stringify([{ dst: 'default', gateway: '192.168.126.1', dev: 'eno1' }, { dst: '192.168.126.0/24', dev: 'eno1', prefsrc: '192.168.126.10' }]) };
        if (args.includes('-6')) return { stdout: JSON.stringify([{ dst: 'default', gateway: 'fe80::ff', dev: 'eno1' }, { dst: '2001:db8::/64', dev: 'eno1' }]) };
        return { code: 1, stderr: 'not recorded' };
      },
    },
  };
}

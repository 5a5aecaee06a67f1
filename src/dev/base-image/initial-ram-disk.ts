import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packCpio, type CpioEntry } from '../../iso/cpio';
import type { UnpackedPackages } from './debian-packages';

/** Kernel modules a virtual machine's network takes, in the order they are loaded; what the kernel has built in is not there. */
const modules = ['virtio_ring', 'virtio', 'virtio_pci_legacy_dev', 'virtio_pci_modern_dev', 'virtio_pci', 'failover', 'net_failover', 'virtio_net', 'e1000', 'e1000e'];
const directory = 0o040755;
const program = 0o100755;
const plain = 0o100644;
const link = 0o120777;
const wordBytes = 4;

/** First root of the live system: busybox, the network's modules and our init. Padded so that another archive can follow. */
export async function packInitialRamDisk({ root, kernelVersion }: UnpackedPackages): Promise<Buffer> {
  const [init, dhcpScript] = await Promise.all(['live-init.sh', 'udhcpc-script.sh'].map((name) => readFile(new URL(name, import.meta.url))));
  const directories = ['bin', 'dev', 'etc', 'lib', 'lib/modules', 'proc', 'run', 'sys', 'tmp', 'usr', 'usr/share', 'usr/share/udhcpc'];
  const files = await readModules(join(root, 'lib', 'modules', kernelVersion));
  const entries: CpioEntry[] = [
    ...directories.map((name) => ({ name, mode: directory })),
    { name: 'bin/busybox', mode: program, content: await readFile(join(root, 'bin', 'busybox')) },
    { name: 'bin/sh', mode: link, content: 'busybox' },
    { name: 'init', mode: program, content: init ?? '' },
    { name: 'usr/share/udhcpc/default.script', mode: program, content: dhcpScript ?? '' },
    ...files.map(({ name, content }) => ({ name: `lib/modules/${name}`, mode: plain, content })),
    { name: 'lib/modules/order', mode: plain, content: files.map(({ name }) => `${name}\n`).join('') },
  ];
  const packed = gzipSync(packCpio(entries), { level: 9 });
  return Buffer.concat([packed, Buffer.alloc((wordBytes - (packed.length % wordBytes)) % wordBytes)]);
}

async function readModules(dir: string): Promise<{ name: string; content: Buffer }[]> {
  const paths = await readdir(dir, { recursive: true });
  const found = modules.flatMap((module) => paths.find((path) => basename(path) === `${module}.ko`) ?? []);
  return Promise.all(found.map(async (path) => ({ name: basename(path), content: await readFile(join(dir, path)) })));
}

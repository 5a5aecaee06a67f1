import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packCpio, type CpioEntry } from '../../iso/cpio';
import { runCommand } from '../tools/run-command';
import type { UnpackedPackages } from './debian-packages';
import { readKernelModules } from './kernel-modules';
import { collectPrograms } from './live-programs';
import { toolPath } from './missing-tools';

const directory = 0o040755;
const program = 0o100755;
const plain = 0o100644;
const link = 0o120777;
const wordBytes = 4;
/** Where the live system mounts and writes. */
const emptyDirectories = ['dev', 'etc', 'proc', 'root', 'run', 'sbin', 'sys', 'tmp', 'var', 'var/lib', 'var/lib/chrony'];

/** Root of the live system: busybox, drivers, our init and the programs. Padded so that another archive can follow. */
export async function packInitialRamDisk({ root, kernelVersion }: UnpackedPackages, workDir: string): Promise<Buffer> {
  const [init, dhcpScript] = await Promise.all(['live-init.sh', 'udhcpc-script.sh'].map((name) => readFile(new URL(name, import.meta.url))));
  const modules = await readKernelModules(join(root, 'lib', 'modules', kernelVersion));
  const files: CpioEntry[] = [
    { name: 'bin/busybox', mode: program, content: await readFile(join(root, 'bin', 'busybox')) },
    { name: 'bin/sh', mode: link, content: 'busybox' },
    { name: 'init', mode: program, content: init ?? '' },
    { name: 'etc/passwd', mode: plain, content: 'root:x:0:0:root:/root:/bin/sh\n' },
    { name: 'etc/group', mode: plain, content: 'root:x:0:\n' },
    { name: 'usr/share/udhcpc/default.script', mode: program, content: dhcpScript ?? '' },
    ...modules.map(({ name, content }) => ({ name: `lib/modules/${name}`, mode: plain, content })),
    { name: 'lib/modules/order', mode: plain, content: modules.map(({ name }) => `${name}\n`).join('') },
    ...(await collectPrograms(root)),
  ];
  const folders = [...new Set([...emptyDirectories, ...files.flatMap(({ name }) => parentsOf(name))])].sort();
  const archive = packCpio([...folders.map((name) => ({ name, mode: directory })), ...files]);
  const packed = await compress(archive, workDir);
  return Buffer.concat([packed, Buffer.alloc((wordBytes - (packed.length % wordBytes)) % wordBytes)]);
}

function parentsOf(name: string): string[] {
  const parent = dirname(name);
  return parent === '.' ? [] : [...parentsOf(parent), parent];
}

/** The format that kernels unpack fastest: an emulated processor needs seconds instead of tens of them. */
async function compress(archive: Buffer, workDir: string): Promise<Buffer> {
  const [from, to] = [join(workDir, 'initrd.cpio'), join(workDir, 'initrd.cpio.zst')];
  await writeFile(from, archive);
  await runCommand('zstd', ['-q', '-f', '-9', '-T0', from, '-o', to], { env: { ...process.env, PATH: toolPath }, timeoutMs: 300_000 });
  const packed = await readFile(to);
  await Promise.all([from, to].map((file) => rm(file)));
  return packed;
}

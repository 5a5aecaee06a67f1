import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../tools/run-command';
import { toolPath } from './missing-tools';

const KiB = 1024;
const grubModules = [
  'part_gpt', 'part_msdos', 'fat', 'iso9660', 'normal', 'configfile', 'search', 'search_fs_file', 'linux', 'serial', 'terminal', 'echo', 'test', 'regexp', 'efi_gop', 'all_video',
];
/**
 * Finds the disc by a file only such discs have, and goes on with the configuration there: first looked at is the one that this
 * loader came from, for a machine that was installed has the same on its disk and in its drive.
 */
const earlyConfig = `regexp --set=1:disk '^.([^,)]+)' "$cmdpath"
search --no-floppy --file --set=root --hint="$disk" /coreos/igninfo.json
set prefix=($root)/EFI/redhat
configfile ($root)/EFI/redhat/grub.cfg
`;

/** The boot loader for UEFI machines, and the FAT file system that such machines look for it in. */
export async function makeEfiBoot(workDir: string, root: string): Promise<{ loader: Buffer; fileSystem: Buffer }> {
  const run = (command: string, args: string[]) => runCommand(command, args, { env: { ...process.env, PATH: toolPath }, timeoutMs: 60_000 });
  const [config, loaderFile, image] = [join(workDir, 'early.cfg'), join(workDir, 'bootx64.efi'), join(workDir, 'efiboot.img')];
  await writeFile(config, earlyConfig);
  const target = ['-d', join(root, 'usr/lib/grub/x86_64-efi'), '-O', 'x86_64-efi', '-p', '/EFI/redhat'];
  await run('grub-mkimage', [...target, '-c', config, '-o', loaderFile, ...grubModules]);
  const loader = await readFile(loaderFile);
  await rm(image, { force: true });
  await writeFile(image, '');
  // Room for the tables of the file system, in whole tracks of 16 KiB.
  await truncate(image, Math.ceil((loader.length + 256 * KiB) / (16 * KiB)) * 16 * KiB);
  await run('mkfs.vfat', ['-n', 'EFIBOOT', image]);
  await run('mmd', ['-i', image, '::/EFI', '::/EFI/BOOT']);
  await run('mcopy', ['-i', image, loaderFile, '::/EFI/BOOT/BOOTX64.EFI']);
  return { loader, fileSystem: await readFile(image) };
}

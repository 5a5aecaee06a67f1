import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackDebianPackages } from './debian-packages';
import { makeEfiBoot } from './efi-boot';
import { packInitialRamDisk } from './initial-ram-disk';

export const biosLoaderPath = 'isolinux/isolinux.bin';
export const efiFileSystemPath = 'images/efiboot.img';

/** What makes a live image boot, under BIOS and UEFI, made of Debian packages; path in the image → content. */
export async function makeBootFiles(dir: string, log: (line: string) => void): Promise<Record<string, Buffer>> {
  await mkdir(dir, { recursive: true });
  const packages = await unpackDebianPackages(dir, log);
  const { root, kernelVersion } = packages;
  log(`base images: making a live system with kernel ${kernelVersion}`);
  const { loader, fileSystem } = await makeEfiBoot(dir, root);
  return {
    'images/pxeboot/vmlinuz': await readFile(join(root, 'boot', `vmlinuz-${kernelVersion}`)),
    'images/pxeboot/initrd.img': await packInitialRamDisk(packages, dir),
    [biosLoaderPath]: await readFile(join(root, 'usr/lib/ISOLINUX/isolinux.bin')),
    'isolinux/ldlinux.c32': await readFile(join(root, 'usr/lib/syslinux/modules/bios/ldlinux.c32')),
    'EFI/BOOT/BOOTX64.EFI': loader,
    [efiFileSystemPath]: fileSystem,
  };
}

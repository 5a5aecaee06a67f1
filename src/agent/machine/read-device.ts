import { open } from 'node:fs/promises';
import type { Machine } from './machine';

/** Bytes of a device of the machine; fewer when it ends before, none when it can't be read. */
export async function readDevice({ root }: Machine, path: string, offset: number, length: number): Promise<Buffer> {
  let file;
  try {
    file = await open(`${root}${path}`, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } catch {
    return Buffer.alloc(0);
  } finally {
    await file?.close();
  }
}

/** Name of the ISO 9660 volume on a device, empty when there is none. */
export async function readVolumeId(machine: Machine, path: string): Promise<string> {
  const descriptor = await readDevice(machine, path, 32_768, 72);
  if (descriptor.toString('latin1', 1, 6) !== 'CD001') return '';
  return descriptor.toString('latin1', 40, 72).trim();
}

/** True for a live image without a root file system of its own: it has room for a second RAM disk (docs/images.md, "Minimal templates"). */
export async function hasMinimalImage(machine: Machine, path: string): Promise<boolean> {
  return (await readDevice(machine, path, 32_720, 8)).toString('latin1') === 'ramdisk+';
}

/** True when the first sector of a device ends as a boot sector does. */
export async function hasBootSector(machine: Machine, path: string): Promise<boolean> {
  const sector = await readDevice(machine, path, 0, 512);
  return sector.length === 512 && sector[510] === 0x55 && sector[511] === 0xaa;
}

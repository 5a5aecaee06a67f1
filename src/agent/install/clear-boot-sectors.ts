import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { StepContext } from '../steps/step-context';
import { findTargetDisk } from './target-disk';

/** Clears the boot sectors of disks, so that the machine starts from the one it is installed on. Throws, before any is touched, when one must not be written to. */
export async function clearBootSectors(paths: readonly string[], { machine, options, log }: StepContext): Promise<void> {
  const disks = [];
  for (const path of paths) disks.push(await findTargetDisk(machine, path));
  for (const { path } of disks) {
    if (options.dryRun) {
      log(`dry run: the boot sector of ${path} stays`);
      continue;
    }
    // Exclusive: the kernel refuses it for a device that is in use.
    const disk = await open(`${machine.root}${path}`, constants.O_RDWR | constants.O_EXCL);
    try {
      await disk.write(Buffer.alloc(512), 0, 512, 0);
      await disk.sync();
    } finally {
      await disk.close();
    }
    log(`cleared the boot sector of ${path}`);
  }
}

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { readDisks } from '../inventory/disks';
import type { StepContext } from '../steps/step-context';
import { isNamed, reasonsAgainst } from './target-disk';

/**
 * Clears the boot sectors of the disks with these keys, so that the machine starts from the one it is installed on, which is at `target`. The
 * service lists whatever could be started from: of the others, those that must not or can't be written to keep theirs, and the log says why.
 * Throws when it is the target that can't be cleared.
 */
export async function clearBootSectors(keys: readonly string[], target: string, { machine, options, log }: StepContext): Promise<void> {
  const disks = keys.length === 0 ? [] : await readDisks(machine);
  for (const key of keys) {
    const disk = disks.find((candidate) => isNamed(candidate, key));
    const path = disk?.path ?? key;
    const against = disk === undefined ? 'this machine has no such disk' : reasonsAgainst(disk).join('; ');
    if (against !== '') {
      log(`the boot sector of ${path} stays: ${against}`);
      continue;
    }
    if (options.dryRun) {
      log(`dry run: the boot sector of ${path} stays`);
      continue;
    }
    try {
      await clear(`${machine.root}${path}`);
    } catch (error) {
      if (path === target) throw error;
      log(`the boot sector of ${path} stays: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    log(`cleared the boot sector of ${path}`);
  }
}

async function clear(path: string): Promise<void> {
  // Exclusive: the kernel refuses it for a device that is in use.
  const disk = await open(path, constants.O_RDWR | constants.O_EXCL);
  try {
    await disk.write(Buffer.alloc(512), 0, 512, 0);
    await disk.sync();
  } finally {
    await disk.close();
  }
}

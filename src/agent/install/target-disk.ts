import { open } from 'node:fs/promises';
import type { InventoryDisk } from '../../domain/host/inventory';
import { readDisks } from '../inventory/disks';
import type { Machine } from '../machine/machine';

const probedBytes = 1024 * 1024;

/** The disk a key of the service means (its id, a link or its path). Throws when there is none, or when it must not be written to. */
export async function findTargetDisk(machine: Machine, key: string): Promise<{ path: string; sizeBytes: number }> {
  const disks = await readDisks(machine);
  const disk = disks.find((candidate) => isNamed(candidate, key));
  if (disk?.path === undefined) throw new Error(`this machine has no disk ${key || '(none was named)'}; it has ${describe(disks)}`);
  const reasons = reasonsAgainst(disk);
  if (reasons.length > 0) throw new Error(`${disk.path} must not be written to: ${reasons.join('; ')}`);
  return { path: disk.path, sizeBytes: disk.size_bytes ?? 0 };
}

/** Whether a key of the service means this disk. */
export function isNamed({ id, by_id: byId, by_path: byPath, path }: InventoryDisk, key: string): boolean {
  return key !== '' && [id, byId, byPath, path].includes(key);
}

/** Why a disk must not be written to; empty when it may be. */
export function reasonsAgainst(disk: InventoryDisk): readonly string[] {
  return disk.installation_eligibility?.not_eligible_reasons ?? [];
}

function describe(disks: readonly InventoryDisk[]): string {
  return disks.map(({ id, path }) => (id === path ? path : `${path} (${id})`)).join(', ') || 'no disk at all';
}

/** Whether a disk holds nothing: partition tables, file systems and volumes leave marks in its first or its last MiB. Throws when it can't be read. */
export async function isEmptyDisk({ root }: Machine, path: string, sizeBytes: number): Promise<boolean> {
  const disk = await open(`${root}${path}`, 'r');
  try {
    for (const offset of new Set([0, Math.max(0, sizeBytes - probedBytes)])) {
      const { buffer, bytesRead } = await disk.read(Buffer.alloc(probedBytes), 0, probedBytes, offset);
      if (buffer.subarray(0, bytesRead).some((byte) => byte !== 0)) return false;
    }
    return true;
  } finally {
    await disk.close();
  }
}

import type { ClusterSnapshot } from '../cluster/model';
import type { DomainSettings } from '../settings';
import { eligibleDisks } from './disk-eligibility';
import { diskKey, diskPath } from './disk-key';
import type { InventoryDisk } from './inventory';
import type { Host } from './model';

/** `id` is the key of the disk (its id, else its path), `path` the device path. */
export interface InstallationDisk {
  id: string;
  path: string;
}

/**
 * The disk a host is installed on. A disk that was chosen before is kept while it is eligible; else the first of the
 * eligible ones: not NVMe before NVMe, hard disks before solid-state ones, small before large. Undefined without any.
 */
export function chooseInstallationDisk(snapshot: ClusterSnapshot, host: Host, settings: DomainSettings): InstallationDisk | undefined {
  const disks = eligibleDisks(snapshot, host, settings);
  const kept = host.installationDiskId === '' ? undefined : disks.find((disk) => diskKey(disk) === host.installationDiskId);
  const disk = kept ?? disks.sort(byPreference)[0];
  return disk && { id: diskKey(disk), path: diskPath(disk) };
}

function byPreference(a: InventoryDisk, b: InventoryDisk): number {
  return (
    Number(isNvme(a)) - Number(isNvme(b)) ||
    compareText(a.drive_type ?? '', b.drive_type ?? '') ||
    (a.size_bytes ?? 0) - (b.size_bytes ?? 0)
  );
}

function isNvme(disk: InventoryDisk): boolean {
  return (disk.name ?? '').startsWith('nvme');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

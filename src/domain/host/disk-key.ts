import type { InventoryDisk } from './inventory';

/** Device path of a disk in the running system, e.g. `/dev/sda`. */
export function diskPath(disk: InventoryDisk): string {
  return disk.name ? `/dev/${disk.name}` : (disk.path ?? '');
}

/** What a disk is known by from then on: its id, or its path where an agent gives no id. */
export function diskKey(disk: InventoryDisk): string {
  return disk.id || diskPath(disk);
}

import { diskPath } from '../host/disk-key';
import type { InventoryDisk } from '../host/inventory';
import type { Host } from '../host/model';

const networkPath = /-(fc|iscsi)-/;

/** Paths of the bootable disks of a host, whose boot records are cleared so that it starts from its new system; installation media and network disks are left alone. */
export function disksToFormat(host: Host): string[] {
  return (host.facts.inventory?.disks ?? []).filter((disk) => disk.bootable === true && disk.is_installation_media !== true && !isNetworkDisk(disk)).map(diskPath);
}

function isNetworkDisk(disk: InventoryDisk): boolean {
  return networkPath.test(disk.by_path ?? '') || disk.drive_type === 'FC' || disk.drive_type === 'iSCSI';
}

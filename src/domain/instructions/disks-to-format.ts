import { draftEvent } from '../events/draft-event';
import type { EventDraft } from '../events/draft';
import { diskPath } from '../host/disk-key';
import { effectiveHostname } from '../host/effective-hostname';
import type { InventoryDisk } from '../host/inventory';
import type { Host } from '../host/model';

const networkPath = /-(fc|iscsi)-/;

/** Paths of the bootable disks of a host, whose boot records are cleared so that it starts from its new system; installation media, network disks and what can't be written to are left alone. */
export function disksToFormat(host: Host): string[] {
  return (host.facts.inventory?.disks ?? []).filter((disk) => disk.bootable === true && disk.is_installation_media !== true && disk.drive_type !== 'ODD' && !isNetworkDisk(disk)).map(diskPath);
}

function isNetworkDisk(disk: InventoryDisk): boolean {
  return networkPath.test(disk.by_path ?? '') || disk.drive_type === 'FC' || disk.drive_type === 'iSCSI';
}

/** One event a disk, for a host that is told to install. The same installation gives the same events, whoever tells the host and how often. */
export function draftDiskFormats(host: Host): EventDraft[] {
  if (host.status !== 'installing') return [];
  const at = host.statusUpdatedAt;
  return disksToFormat(host).map((disk) =>
    draftEvent('host_disk_formatted', { host: effectiveHostname(host), disk }, { clusterId: host.clusterId, hostId: host.id, cause: `${at.getTime()}:${disk}`, at }));
}

import { enabledHosts } from '../cluster/enabled-hosts';
import type { ClusterSnapshot } from '../cluster/model';
import { diskKey } from '../host/disk-key';
import { chooseInstallationDisk } from '../host/installation-disk';
import type { InventoryDisk } from '../host/inventory';
import type { Host } from '../host/model';
import type { HostRole } from '../host/role';
import type { DomainSettings } from '../settings';
import type { OperatorRequirements } from './operator-requirements';

/** Up to this many hosts, all of them store data. */
export const ocsCompactHosts = 3;
/** Smallest disk that can store data, in decimal GB. */
export const ocsMinDiskGb = 25;

const mibPerGib = 1024;

/** What OpenShift Container Storage takes of a host that stores data, and for each of its disks; compact: where all hosts do. */
export const ocsFigures = {
  compact: { cpuCores: 6, ramMib: 19 * mibPerGib },
  standard: { cpuCores: 8, ramMib: 19 * mibPerGib },
  perDisk: { cpuCores: 2, ramMib: 5 * mibPerGib },
} as const;

export function isOcsCompact(snapshot: ClusterSnapshot): boolean {
  return enabledHosts(snapshot).length <= ocsCompactHosts;
}

/** The hard disks and solid-state disks of a host that the installation leaves free, large enough or not. */
export function ocsExtraDisks(snapshot: ClusterSnapshot, host: Host, settings: DomainSettings): InventoryDisk[] {
  const installation = chooseInstallationDisk(snapshot, host, settings)?.id;
  return (host.facts.inventory?.disks ?? []).filter(
    (disk) => (disk.drive_type === 'HDD' || disk.drive_type === 'SSD') && (disk.size_bytes ?? 0) > 0 && diskKey(disk) !== installation,
  );
}

export function isLargeEnoughForOcs(disk: InventoryDisk): boolean {
  return (disk.size_bytes ?? 0) >= ocsMinDiskGb * 1e9;
}

/** What OpenShift Container Storage takes of a host of the role, its disks included. */
export function ocsRequirements(snapshot: ClusterSnapshot, host: Host, role: HostRole, settings: DomainSettings): OperatorRequirements {
  const compact = isOcsCompact(snapshot);
  const isMaster = role === 'master' || role === 'bootstrap';
  if (!compact && isMaster) return { cpuCores: 0, ramMib: 0 };
  const disks = ocsExtraDisks(snapshot, host, settings).filter(isLargeEnoughForOcs).length;
  const counted = compact ? Math.max(1, disks) : disks;
  const { cpuCores, ramMib } = compact && role !== 'worker' ? ocsFigures.compact : ocsFigures.standard;
  return { cpuCores: cpuCores + ocsFigures.perDisk.cpuCores * counted, ramMib: ramMib + ocsFigures.perDisk.ramMib * counted };
}

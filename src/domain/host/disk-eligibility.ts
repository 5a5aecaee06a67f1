import type { ClusterSnapshot } from '../cluster/model';
import { platformRequirements } from '../hardware/platform-requirements';
import type { DomainSettings } from '../settings';
import type { Inventory, InventoryDisk } from './inventory';
import type { Host } from './model';

const driveTypes = ['HDD', 'SSD'];
const bytesPerGb = 1e9;
const ownReason = /^(Too small for the installation: |Unsupported drive type: )/;

/** Smallest installation disk of a host in its role, in decimal GB. */
export function minInstallationDiskGb(snapshot: ClusterSnapshot, host: Host, settings: DomainSettings): number {
  return platformRequirements(snapshot.cluster, host.role, settings).diskSizeGb;
}

/**
 * The disk with its eligibility decided anew: the reasons of the agent stay, those of an earlier decision are dropped and
 * the current ones added. A disk that an agent calls not eligible without a reason was not checked by it.
 */
export function decideDiskEligibility(disk: InventoryDisk, minSizeGb: number): InventoryDisk {
  const reasons = (disk.installation_eligibility?.not_eligible_reasons ?? []).filter((reason) => !ownReason.test(reason));
  const sizeGb = (disk.size_bytes ?? 0) / bytesPerGb;
  if (sizeGb < minSizeGb) reasons.push(`Too small for the installation: ${formatGb(sizeGb)} GB, ${minSizeGb} GB are required`);
  if (!driveTypes.includes(disk.drive_type ?? '')) reasons.push(`Unsupported drive type: ${disk.drive_type || 'unknown'}, it must be ${driveTypes.join(' or ')}`);
  return { ...disk, installation_eligibility: { eligible: reasons.length === 0, not_eligible_reasons: reasons } };
}

/** The inventory with the eligibility of every disk decided anew. */
export function withDiskEligibility(inventory: Inventory, minSizeGb: number): Inventory {
  return inventory.disks === undefined ? inventory : { ...inventory, disks: inventory.disks.map((disk) => decideDiskEligibility(disk, minSizeGb)) };
}

/** The disks a host in its present role may be installed on, in the order of its inventory. */
export function eligibleDisks(snapshot: ClusterSnapshot, host: Host, settings: DomainSettings): InventoryDisk[] {
  const minSizeGb = minInstallationDiskGb(snapshot, host, settings);
  return (host.facts.inventory?.disks ?? []).map((disk) => decideDiskEligibility(disk, minSizeGb))
    .filter((disk) => disk.installation_eligibility?.eligible === true);
}

function formatGb(size: number): string {
  return String(Math.floor(size * 10) / 10);
}

import { minInstallationDiskGb, withDiskEligibility } from '../../host/disk-eligibility';
import { diskKey } from '../../host/disk-key';
import type { HostStatus } from '../../host/status';
import { decodeInventory } from '../decode-inventory';
import type { ReplyReader } from '../step-reply';

const welcome: readonly HostStatus[] = ['discovering', 'known', 'disconnected', 'insufficient', 'pending-for-input', 'installing-in-progress'];

/** The machine's hardware, with an id for every disk and the service's word on which can be installed on. */
export const readInventoryReply: ReplyReader = (output, { snapshot, host, settings }) => {
  const inventory = decodeInventory(output, 'inventory');
  if (!welcome.includes(host.status)) return { refusal: { type: 'Invalid', reason: `The hardware details of a host in status ${host.status} can't be changed` } };
  const identified = inventory.disks === undefined ? inventory : { ...inventory, disks: inventory.disks.map((disk) => ({ ...disk, id: diskKey(disk) })) };
  return { patch: { inventory: withDiskEligibility(identified, minInstallationDiskGb(snapshot, host, settings)) } };
};

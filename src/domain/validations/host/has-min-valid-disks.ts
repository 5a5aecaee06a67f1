import { minInstallationDiskGb } from '../../host/disk-eligibility';
import { failure, missingInventory, success, type HostValidation } from '../validation';

export const hasMinValidDisks: HostValidation = {
  id: 'has-min-valid-disks',
  category: 'hardware',
  evaluate: (ctx, host) => {
    if (host.facts.inventory === undefined) return missingInventory;
    if (ctx.installationDisk(host) !== undefined) return success('The host has a disk it can be installed on');
    const found = host.facts.inventory.disks?.length ?? 0;
    return failure(`None of the ${found} disks of the host can be installed on; an eligible disk of at least ${minInstallationDiskGb(ctx.snapshot, host, ctx.settings)} GB is required`);
  },
};

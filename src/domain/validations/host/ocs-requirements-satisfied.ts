import { isLargeEnoughForOcs, isOcsCompact, ocsExtraDisks, ocsMinDiskGb } from '../../hardware/ocs-requirements';
import { isOperatorSelected } from '../../hardware/selected-operators';
import { failure, missingInventory, success, type HostValidation } from '../validation';

export const ocsRequirementsSatisfied: HostValidation = {
  id: 'ocs-requirements-satisfied',
  category: 'operators',
  evaluate: ({ snapshot, settings }, host) => {
    if (!isOperatorSelected(snapshot, 'ocs')) return success('Container Storage is not selected');
    if (host.facts.inventory === undefined) return missingInventory;
    const compact = isOcsCompact(snapshot);
    if (compact && host.role === 'worker') return failure('Container Storage on three hosts runs on masters, the host is a worker');
    if (!compact && host.role === 'auto-assign') return failure('Container Storage on more than three hosts needs a role to be set for each host');
    const disks = ocsExtraDisks(snapshot, host, settings);
    const small = disks.filter((disk) => !isLargeEnoughForOcs(disk)).length;
    if (small > 0) return failure(`Container Storage needs disks of at least ${ocsMinDiskGb} GB beside the installation disk, ${small} of the host are smaller`);
    if (compact && disks.length === 0) return failure(`Container Storage on three hosts needs a disk of at least ${ocsMinDiskGb} GB beside the installation disk, the host has none`);
    return success('The host can store data');
  },
};

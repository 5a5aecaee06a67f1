import { requirementsOfVersion } from '../../hardware/platform-requirements';
import { ramMibOf } from '../../host/hardware';
import { failure, missingInventory, success, type HostValidation } from '../validation';

export const hasMinMemory: HostValidation = {
  id: 'has-min-memory',
  category: 'hardware',
  evaluate: ({ cluster, settings }, host) => {
    if (host.facts.inventory === undefined) return missingInventory;
    const { master, worker } = requirementsOfVersion(cluster.openshiftVersion, settings);
    const needed = Math.min(master.ramMib, worker.ramMib);
    const found = ramMibOf(host);
    return found >= needed ? success(`${found} MiB of memory are enough for the least demanding role`) : failure(`The host has ${found} MiB of memory, every role needs at least ${needed} MiB`);
  },
};

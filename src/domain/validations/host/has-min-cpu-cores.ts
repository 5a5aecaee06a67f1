import { requirementsOfVersion } from '../../hardware/platform-requirements';
import { cpuCoresOf } from '../../host/hardware';
import { failure, missingInventory, success, type HostValidation } from '../validation';

export const hasMinCpuCores: HostValidation = {
  id: 'has-min-cpu-cores',
  category: 'hardware',
  evaluate: ({ cluster, settings }, host) => {
    if (host.facts.inventory === undefined) return missingInventory;
    const { master, worker } = requirementsOfVersion(cluster.openshiftVersion, settings);
    const needed = Math.min(master.cpuCores, worker.cpuCores);
    const found = cpuCoresOf(host);
    return found >= needed ? success(`${found} CPU cores are enough for the least demanding role`) : failure(`The host has ${found} CPU cores, every role needs at least ${needed}`);
  },
};

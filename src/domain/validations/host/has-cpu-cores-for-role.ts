import { cpuCoresOf, roleRequirements } from '../../host/hardware';
import { failure, missingInventory, success, type HostValidation } from '../validation';

export const hasCpuCoresForRole: HostValidation = {
  id: 'has-cpu-cores-for-role',
  category: 'hardware',
  evaluate: ({ snapshot, settings }, host) => {
    if (host.facts.inventory === undefined) return missingInventory;
    const needed = roleRequirements(snapshot, host, host.role, settings).cpuCores;
    const found = cpuCoresOf(host);
    return found >= needed ? success(`${found} CPU cores are enough for the role ${host.role}`) : failure(`The host has ${found} CPU cores, the role ${host.role} needs ${needed}`);
  },
};

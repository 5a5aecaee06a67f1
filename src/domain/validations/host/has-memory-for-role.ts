import { ramMibOf, roleRequirements } from '../../host/hardware';
import { failure, missingInventory, success, type HostValidation } from '../validation';

export const hasMemoryForRole: HostValidation = {
  id: 'has-memory-for-role',
  category: 'hardware',
  evaluate: ({ snapshot, settings }, host) => {
    if (host.facts.inventory === undefined) return missingInventory;
    const needed = roleRequirements(snapshot, host, host.role, settings).ramMib;
    const found = ramMibOf(host);
    return found >= needed ? success(`${found} MiB of memory are enough for the role ${host.role}`) : failure(`The host has ${found} MiB of memory, the role ${host.role} needs ${needed} MiB`);
  },
};

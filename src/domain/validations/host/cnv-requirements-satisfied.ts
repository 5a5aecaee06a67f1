import { cnvRequirements } from '../../hardware/cnv-requirements';
import { isOperatorSelected } from '../../hardware/selected-operators';
import { cpuCoresOf } from '../../host/hardware';
import { failure, missingInventory, success, type HostValidation } from '../validation';

const virtualisationFlags = ['vmx', 'svm'];

export const cnvRequirementsSatisfied: HostValidation = {
  id: 'cnv-requirements-satisfied',
  category: 'operators',
  evaluate: ({ snapshot }, host) => {
    if (!isOperatorSelected(snapshot, 'cnv')) return success('Virtualization is not selected');
    const { inventory } = host.facts;
    if (inventory === undefined) return missingInventory;
    if (!(inventory.cpu?.flags ?? []).some((flag) => virtualisationFlags.includes(flag))) return failure('Virtualization needs processors with hardware support for virtual machines (vmx or svm)');
    if (host.role === 'auto-assign') return failure('Virtualization needs a role to be set for each host');
    const needed = cnvRequirements(host, host.role);
    const cores = cpuCoresOf(host);
    if (cores < needed.cpuCores) return failure(`Virtualization needs ${needed.cpuCores} CPU cores on a ${host.role}, the host has ${cores}`);
    const memory = Math.floor((inventory.memory?.usable_bytes ?? 0) / 1024 ** 2);
    if (memory < needed.ramMib) return failure(`Virtualization needs ${needed.ramMib} MiB of memory on a ${host.role}, ${memory} MiB are usable`);
    return success('The host can run virtual machines');
  },
};

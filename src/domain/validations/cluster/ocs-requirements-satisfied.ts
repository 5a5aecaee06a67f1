import { isLargeEnoughForOcs, ocsCompactHosts, ocsExtraDisks } from '../../hardware/ocs-requirements';
import { isOperatorSelected } from '../../hardware/selected-operators';
import { failure, pending, success, type ClusterValidation } from '../validation';

const standardHosts = 6;
const minStorageHosts = 3;
const minDisks = 3;

export const ocsRequirementsSatisfied: ClusterValidation = {
  id: 'ocs-requirements-satisfied',
  category: 'operators',
  evaluate: ({ snapshot, hosts, settings }) => {
    if (!isOperatorSelected(snapshot, 'ocs')) return success('Container Storage is not selected');
    if (hosts.length !== ocsCompactHosts && hosts.length < standardHosts) return failure(`Container Storage needs ${ocsCompactHosts} or at least ${standardHosts} hosts, there are ${hosts.length}`);
    const storing = hosts.length === ocsCompactHosts ? hosts : hosts.filter((host) => host.role === 'worker');
    const unknown = hosts.filter((host) => host.facts.inventory === undefined).length;
    if (unknown > 0) return pending(`${unknown} of ${hosts.length} hosts have not sent their hardware details yet`);
    const disks = storing.map((host) => ocsExtraDisks(snapshot, host, settings).filter(isLargeEnoughForOcs).length).filter((count) => count > 0);
    const total = disks.reduce((sum, count) => sum + count, 0);
    if (disks.length < minStorageHosts || total < minDisks) return failure(`Container Storage needs ${minDisks} disks on ${minStorageHosts} hosts, there are ${total} on ${disks.length}`);
    return success(`Container Storage has ${total} disks on ${disks.length} hosts`);
  },
};

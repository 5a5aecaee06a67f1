import type { ClusterSnapshot } from '../cluster/model';
import type { Host } from '../host/model';
import type { HostRole } from '../host/role';
import type { DomainSettings } from '../settings';
import { cnvRequirements } from './cnv-requirements';
import { ocsRequirements } from './ocs-requirements';
import { isOperatorSelected } from './selected-operators';

/** CPU cores and MiB of RAM an operator takes of one host, on top of the platform. */
export interface OperatorRequirements {
  cpuCores: number;
  ramMib: number;
}

/** By operator, what the selected ones take of the host in the role. */
export function operatorRequirements(
  snapshot: ClusterSnapshot, host: Host, role: HostRole, settings: DomainSettings,
): { operator: 'cnv' | 'lso' | 'ocs'; requirements: OperatorRequirements }[] {
  const all = [
    { operator: 'cnv' as const, requirements: () => cnvRequirements(host, role) },
    { operator: 'lso' as const, requirements: () => ({ cpuCores: 0, ramMib: 0 }) },
    { operator: 'ocs' as const, requirements: () => ocsRequirements(snapshot, host, role, settings) },
  ];
  return all.filter(({ operator }) => isOperatorSelected(snapshot, operator))
    .map(({ operator, requirements }) => ({ operator, requirements: requirements() }));
}

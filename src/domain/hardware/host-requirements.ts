import type { ClusterSnapshot } from '../cluster/model';
import { roleRequirements } from '../host/hardware';
import type { Host } from '../host/model';
import type { DomainSettings, HardwareRequirements } from '../settings';
import { operatorRequirements, type OperatorRequirements } from './operator-requirements';
import { platformRequirements } from './platform-requirements';

/** What a host must have in its present role, and who asks for how much of it. */
export interface HostRequirements {
  hostId: string;
  total: HardwareRequirements;
  platform: HardwareRequirements;
  operators: { operator: string; requirements: OperatorRequirements }[];
}

/** The figures the validations of a host are measured by. */
export function hostRequirements(snapshot: ClusterSnapshot, host: Host, settings: DomainSettings): HostRequirements {
  return {
    hostId: host.id,
    total: roleRequirements(snapshot, host, host.role, settings),
    platform: platformRequirements(snapshot.cluster, host.role, settings),
    operators: operatorRequirements(snapshot, host, host.role, settings),
  };
}

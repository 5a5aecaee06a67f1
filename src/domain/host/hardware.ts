import type { ClusterSnapshot } from '../cluster/model';
import { operatorRequirements } from '../hardware/operator-requirements';
import { platformRequirements } from '../hardware/platform-requirements';
import type { DomainSettings, HardwareRequirements } from '../settings';
import type { Host } from './model';
import type { HostRole } from './role';

export { defaultRequirements } from '../hardware/default-requirements';

/** All a host of the role must have: the platform's figures plus what the selected operators take. */
export function roleRequirements(snapshot: ClusterSnapshot, host: Host, role: HostRole, settings: DomainSettings): HardwareRequirements {
  const platform = platformRequirements(snapshot.cluster, role, settings);
  const operators = operatorRequirements(snapshot, host, role, settings);
  return {
    ...platform,
    cpuCores: operators.reduce((sum, { requirements }) => sum + requirements.cpuCores, platform.cpuCores),
    ramMib: operators.reduce((sum, { requirements }) => sum + requirements.ramMib, platform.ramMib),
  };
}

/** CPU cores of a host, 0 while unknown. */
export function cpuCoresOf(host: Host): number {
  return host.facts.inventory?.cpu?.count ?? 0;
}

/** Physical memory of a host in whole MiB, 0 while unknown. */
export function ramMibOf(host: Host): number {
  return Math.floor((host.facts.inventory?.memory?.physical_bytes ?? 0) / 1024 ** 2);
}

/** True when a host has the CPU cores and the memory of the role; false while its inventory is missing. */
export function meetsRole(host: Host, role: 'master' | 'worker', snapshot: ClusterSnapshot, settings: DomainSettings): boolean {
  const required = roleRequirements(snapshot, host, role, settings);
  return cpuCoresOf(host) >= required.cpuCores && ramMibOf(host) >= required.ramMib;
}

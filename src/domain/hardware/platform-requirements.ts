import type { Cluster } from '../cluster/model';
import type { HostRole } from '../host/role';
import type { DomainSettings, HardwareRequirements, VersionedRequirements } from '../settings';
import { defaultRequirements } from './default-requirements';

/** The requirements of the exact version, else the configured default ones, else the built-in ones. */
export function requirementsOfVersion(openshiftVersion: string, settings: DomainSettings): VersionedRequirements {
  const found = settings.requirements.find(({ version }) => version === openshiftVersion)
    ?? settings.requirements.find(({ version }) => version === 'default')
    ?? defaultRequirements[0];
  if (found === undefined) throw new Error('no hardware requirements are configured');
  return found;
}

/** What the platform itself asks of a host of the role; a host without a role is measured as a worker. */
export function platformRequirements(cluster: Cluster, role: HostRole, settings: DomainSettings): HardwareRequirements {
  const versioned = requirementsOfVersion(cluster.openshiftVersion, settings);
  if (cluster.highAvailabilityMode === 'None') return versioned.sno;
  return role === 'master' || role === 'bootstrap' ? versioned.master : versioned.worker;
}

import { meetsRole } from '../host/hardware';
import type { Host } from '../host/model';
import type { DomainSettings } from '../settings';
import { enabledHosts } from './enabled-hosts';
import type { ClusterSnapshot } from './model';

/**
 * Gives a role to every enabled host that has none: master while masters are missing and the hardware suffices, else
 * worker; hosts added to a running cluster become workers. A host without inventory keeps waiting for one.
 */
export function assignRoles(snapshot: ClusterSnapshot, settings: DomainSettings): ClusterSnapshot {
  const needed = snapshot.cluster.highAvailabilityMode === 'None' ? 1 : 3;
  let masters = enabledHosts(snapshot).filter((host) => host.role === 'master').length;
  const hosts = snapshot.hosts.map((host): Host => {
    if (host.role !== 'auto-assign' || host.status === 'disabled' || host.facts.inventory === undefined) return host;
    const isMaster = host.kind === 'Host' && masters < needed && meetsRole(host, 'master', snapshot, settings);
    if (isMaster) masters += 1;
    return { ...host, role: isMaster ? 'master' : 'worker' };
  });
  return hosts.every((host, index) => host === snapshot.hosts[index]) ? snapshot : { ...snapshot, hosts };
}

import type { Host } from '../../host/model';
import type { ClusterSnapshot } from '../model';

/** Gives the named day-2 hosts that have no role yet the one they are added with, and the pool that follows it. */
export function prepareDay2Hosts(snapshot: ClusterSnapshot, hostIds: readonly string[]): ClusterSnapshot {
  const hosts = snapshot.hosts.map((host): Host => {
    if (host.kind !== 'AddToExistingClusterHost' || host.status !== 'known' || !hostIds.includes(host.id)) return host;
    const role = host.role === 'auto-assign' ? 'worker' : host.role;
    return { ...host, role, machineConfigPoolName: host.machineConfigPoolName || role };
  });
  return { ...snapshot, hosts };
}

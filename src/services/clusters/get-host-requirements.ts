import { hostRequirements, type HostRequirements } from '../../domain/hardware/host-requirements';
import type { ServiceDeps } from '../deps';
import { loadLiveSnapshot } from './load-live-snapshot';

/** What each host of a cluster must have in its present role. Throws NotFound. */
export async function getHostRequirements(deps: Pick<ServiceDeps, 'db' | 'settings'>, clusterId: string): Promise<HostRequirements[]> {
  const snapshot = await loadLiveSnapshot(deps, clusterId);
  return snapshot.hosts.map((host) => hostRequirements(snapshot, host, deps.settings));
}

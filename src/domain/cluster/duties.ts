import type { DomainSettings } from '../settings';
import { enabledHosts } from './enabled-hosts';
import type { Duty } from './evaluation';
import type { ClusterSnapshot } from './model';
import { inactivityDeadline } from './time-limits';

/** True once all is known that the installation files are made of. */
function isReadyToPrepare(snapshot: ClusterSnapshot): boolean {
  const hosts = enabledHosts(snapshot);
  return hosts.some((host) => host.bootstrap)
    && hosts.every((host) => host.role !== 'auto-assign' && host.installationDiskId + host.installationDiskPath !== '' && host.facts.inventory !== undefined);
}

/** Work that the state asks of the workflow; asked for again until an outcome or an intent changes the state. */
export function listDuties(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings): Duty[] {
  const { cluster, infraEnv } = snapshot;
  const duties: Duty[] = [];
  if (cluster.status === 'preparing-for-installation' && cluster.preparationResult === null && isReadyToPrepare(snapshot)) duties.push('prepare');
  if (infraEnv.imageGenerated && infraEnv.imageExpiresAt !== null && infraEnv.imageExpiresAt <= now) duties.push('expireImage');
  if (cluster.status !== 'installing' && inactivityDeadline(cluster, settings) <= now) duties.push('deregisterInactive');
  return duties;
}

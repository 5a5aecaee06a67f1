import type { Host } from '../host/model';
import type { HostStatus } from '../host/status';
import type { Cluster } from './model';

/** Statuses of hosts that are, or can still become, part of the installed cluster. */
export const installingHostStatuses: readonly HostStatus[] = [
  'installing', 'installing-in-progress', 'installed', 'installing-pending-user-action', 'preparing-successful',
];

/**
 * True when the enabled hosts in these statuses suffice for a cluster: all masters that its mode needs and, where
 * there are workers, at least one of them.
 */
export function hasEnoughHosts(cluster: Pick<Cluster, 'highAvailabilityMode'>, hosts: readonly Host[], statuses: readonly HostStatus[]): boolean {
  const inStatus = hosts.filter((host) => statuses.includes(host.status));
  const masters = inStatus.filter((host) => host.role === 'master').length;
  const workers = hosts.filter((host) => host.role === 'worker').length;
  const neededMasters = cluster.highAvailabilityMode === 'None' ? 1 : 3;
  return masters >= neededMasters && (workers === 0 || inStatus.some((host) => host.role === 'worker'));
}

import { draftEvent } from '../../events/draft-event';
import { isRefusal, type Refusal } from '../../refusal';
import type { DomainSettings } from '../../settings';
import type { Change } from '../evaluation';
import type { Cluster, ClusterSnapshot } from '../model';
import { setClusterStatus } from '../set-cluster-status';
import type { ClusterStatus } from '../status';
import { moveHosts } from './move-hosts';

const resettable: readonly ClusterStatus[] = [
  'preparing-for-installation', 'installing', 'installing-pending-user-action', 'error', 'cancelled', 'finalizing',
];

/** True where something was begun that can be reset. */
export const mayReset = (status: ClusterStatus): boolean => resettable.includes(status);

/** What is left of an installation once it is reset; its start and end stay until the next one overwrites them. */
function clearInstallation(cluster: Cluster): Cluster {
  return {
    ...cluster,
    openshiftClusterId: '', preparationResult: null, preparationInfo: '', kubeconfigUploaded: false,
    logsInfo: '', controllerLogsStartedAt: null, controllerLogsCollectedAt: null,
    ...(cluster.highAvailabilityMode === 'None' ? { apiVip: '', ingressVip: '' } : {}),
  };
}

/** Takes the cluster back to before its installation, with all hosts at once. Conflict where nothing was begun or a host cannot follow. */
export function resetInstallation(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings): Change | Refusal {
  const { cluster } = snapshot;
  if (!mayReset(cluster.status)) return { type: 'Conflict', reason: `There is no installation to reset: the cluster is in status ${cluster.status}` };
  const trigger = settings.autoReset ? 'reset' : 'requireReset';
  const moved = moveHosts(snapshot.hosts, trigger, 'host_reset', { logsInfo: '', logsStartedAt: null, logsCollectedAt: null }, now);
  if (isRefusal(moved)) return moved;
  const operators = snapshot.operators.map((operator) => ({ ...operator, status: null, statusInfo: '', statusUpdatedAt: null }));
  const cleared: ClusterSnapshot = { ...snapshot, cluster: clearInstallation(cluster), hosts: moved.hosts, operators };
  const change = setClusterStatus(cleared, 'insufficient', 'The installation was reset by the user', now);
  const event = draftEvent('install_reset', {}, { clusterId: cluster.id, cause: now.getTime(), at: now });
  return { snapshot: change.snapshot, events: [event, ...change.events, ...moved.events] };
}

import { draftEvent } from '../../events/draft-event';
import { isRefusal, type Refusal } from '../../refusal';
import type { Change } from '../evaluation';
import type { ClusterSnapshot } from '../model';
import { setClusterStatus } from '../set-cluster-status';
import type { ClusterStatus } from '../status';
import { moveHosts } from './move-hosts';

const cancelRules: Partial<Record<ClusterStatus, ClusterStatus>> = {
  installing: 'cancelled',
  'installing-pending-user-action': 'cancelled',
  error: 'cancelled',
  finalizing: 'cancelled',
  'preparing-for-installation': 'ready',
};

/** True where there is an installation, or a preparation, to cancel. */
export const mayCancel = (status: ClusterStatus): boolean => cancelRules[status] !== undefined;

/** Ends an installation, or its preparation, with all hosts at once. Conflict where there is nothing to cancel or a host cannot follow. */
export function cancelInstallation(snapshot: ClusterSnapshot, now: Date): Change | Refusal {
  const { cluster } = snapshot;
  const to = cancelRules[cluster.status];
  if (to === undefined) return { type: 'Conflict', reason: `There is no installation to cancel: the cluster is in status ${cluster.status}` };
  const moved = moveHosts(snapshot.hosts, 'cancel', 'host_install_cancelled', {}, now);
  if (isRefusal(moved)) return moved;
  const change = setClusterStatus({ ...snapshot, hosts: moved.hosts }, to, 'The installation was cancelled by the user', now);
  const event = draftEvent('install_cancelled', {}, { clusterId: cluster.id, cause: now.getTime(), at: now });
  return { snapshot: change.snapshot, events: [event, ...change.events, ...moved.events] };
}

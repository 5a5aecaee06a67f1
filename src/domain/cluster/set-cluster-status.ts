import { draftEvent } from '../events/draft-event';
import type { Change } from './evaluation';
import type { ClusterSnapshot } from './model';
import type { ClusterStatus } from './status';

const ends: readonly ClusterStatus[] = ['installed', 'error', 'cancelled'];

/**
 * The cluster in its new state; the end of an installation is stamped. The time of the state and an event follow a change
 * of the state only. The same snapshot comes back when nothing differs.
 */
export function setClusterStatus(snapshot: ClusterSnapshot, status: ClusterStatus, statusInfo: string, at: Date): Change {
  const { cluster } = snapshot;
  if (cluster.status === status) return { snapshot: cluster.statusInfo === statusInfo ? snapshot : { ...snapshot, cluster: { ...cluster, statusInfo } }, events: [] };
  const event = draftEvent(
    'cluster_status_updated', { from: cluster.status, to: status, info: statusInfo },
    { clusterId: cluster.id, cause: `${cluster.status}>${status}:${at.getTime()}`, at },
  );
  const installCompletedAt = ends.includes(status) ? at : cluster.installCompletedAt;
  return { snapshot: { ...snapshot, cluster: { ...cluster, status, statusInfo, statusUpdatedAt: at, installCompletedAt } }, events: [event] };
}

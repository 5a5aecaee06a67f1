import { draftEvent } from '../../events/draft-event';
import type { EventDraft } from '../../events/draft';
import type { Refusal } from '../../refusal';
import type { DomainSettings } from '../../settings';
import type { Change } from '../evaluation';
import type { ClusterSnapshot } from '../model';
import { inactivityDeadline } from '../time-limits';

/** May the cluster go? Not while it is being installed (Conflict). The rows are the caller's; the events tell whether it went for being inactive. */
export function deregisterCluster(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings): Change | Refusal {
  const { cluster } = snapshot;
  if (cluster.status === 'installing') return { type: 'Conflict', reason: 'The cluster is being installed: cancel the installation before deregistering it' };
  const cause = { clusterId: cluster.id, cause: now.getTime(), at: now };
  const inactive: EventDraft[] = inactivityDeadline(cluster, settings) <= now
    ? [draftEvent('cluster_inactive_deregistered', { name: cluster.name, days: Math.round(settings.deadlines.inactivity / 86_400_000) }, cause)]
    : [];
  return { snapshot, events: [...inactive, draftEvent('cluster_deregistered', { name: cluster.name }, cause)] };
}

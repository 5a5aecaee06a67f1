import { draftEvent } from '../events/draft-event';
import type { EventDraft } from '../events/draft';
import { isConnected } from '../host/connected';
import type { DomainSettings } from '../settings';
import { enabledHosts } from './enabled-hosts';
import type { Change } from './evaluation';
import type { Cluster, ClusterSnapshot } from './model';
import { findLeaseDeadline, inactivityDeadline, inactivityWarnings, isUnwarned } from './time-limits';

const hour = 3_600_000;
const day = 24 * hour;

function leaseWarning(cluster: Cluster, now: Date, settings: DomainSettings): EventDraft[] {
  const at = findLeaseDeadline(cluster, settings);
  if (at === undefined || at > now || !isUnwarned(cluster, at)) return [];
  return [draftEvent('dhcp_lease_timeout', { cidr: cluster.machineNetworkCidr }, { clusterId: cluster.id, cause: at.getTime(), at: now })];
}

function inactivityWarning(cluster: Cluster, now: Date, settings: DomainSettings): EventDraft[] {
  const due = inactivityWarnings(cluster, settings).filter((at) => at <= now && isUnwarned(cluster, at)).at(-1);
  const end = inactivityDeadline(cluster, settings);
  if (due === undefined || end <= now) return [];
  const left = Math.max(1, Math.round((end.getTime() - now.getTime()) / day));
  return [draftEvent('cluster_inactivity_warning', { name: cluster.name, days: left }, { clusterId: cluster.id, cause: due.getTime(), at: now })];
}

/** At the end of its time a cluster whose hosts still poll gets some more. */
function postpone(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings): Change {
  const { cluster } = snapshot;
  const { inactivity, inactivityPostponed } = settings.deadlines;
  const due = inactivityDeadline(cluster, settings) <= now;
  if (!due || inactivityPostponed <= 0 || !enabledHosts(snapshot).some((host) => isConnected(host, now, settings))) return { snapshot, events: [] };
  const event = draftEvent('cluster_inactivity_postponed', { name: cluster.name, hours: Math.round(inactivityPostponed / hour) },
    { clusterId: cluster.id, cause: cluster.activeAt.getTime(), at: now });
  const activeAt = new Date(now.getTime() - inactivity + inactivityPostponed);
  return { snapshot: { ...snapshot, cluster: { ...cluster, activeAt, warnedAt: now } }, events: [event] };
}

/** Warnings that time alone brings, each given once: missing DHCP leases and the end of an inactive cluster. */
export function warn(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings): Change {
  const { cluster } = snapshot;
  const events = [...leaseWarning(cluster, now, settings), ...inactivityWarning(cluster, now, settings)];
  const warned = events.length === 0 ? snapshot : { ...snapshot, cluster: { ...cluster, warnedAt: now } };
  const postponed = postpone(warned, now, settings);
  return { snapshot: postponed.snapshot, events: [...events, ...postponed.events] };
}

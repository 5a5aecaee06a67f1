import { draftEvent } from '../events/draft-event';
import type { EventDraft } from '../events/draft';
import { effectiveHostname } from '../host/effective-hostname';
import type { Host } from '../host/model';
import { setHostStatus } from '../host/set-host-status';
import { findHostUserRule } from '../host/user-transitions';
import type { DomainSettings } from '../settings';
import type { Change } from './evaluation';
import type { ClusterSnapshot } from './model';
import type { ClusterOutcome } from './outcomes';

/**
 * Starts the installation of the day-2 hosts whose ignitions are stored; one that is not ready any more is left as it
 * is, and of one whose ignition cannot be made an event tells the reason.
 */
export function startDay2Hosts(snapshot: ClusterSnapshot, { hostIds, refused }: Extract<ClusterOutcome, { kind: 'hostIgnitionsStored' }>, now: Date, { agent }: DomainSettings): Change {
  const events: EventDraft[] = [];
  const hosts = snapshot.hosts.map((host): Host => {
    const refusal = refused.find(({ hostId }) => hostId === host.id);
    if (refusal) events.push(draftEvent('host_install_refused', { host: effectiveHostname(host), reason: refusal.reason }, { clusterId: host.clusterId, hostId: host.id, cause: now.getTime(), at: now }));
    const rule = hostIds.includes(host.id) && host.kind === 'AddToExistingClusterHost' ? findHostUserRule('install', host) : undefined;
    if (rule === undefined || rule.to === host.status) return host;
    const moved = setHostStatus({ ...host, installerVersion: agent.installerImage }, rule.to, rule.info, now);
    events.push(...moved.events);
    return moved.host;
  });
  return events.length === 0 ? { snapshot, events } : { snapshot: { ...snapshot, hosts }, events };
}

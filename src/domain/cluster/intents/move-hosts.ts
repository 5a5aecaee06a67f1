import { draftEvent } from '../../events/draft-event';
import type { EventDraft } from '../../events/draft';
import { effectiveHostname } from '../../host/effective-hostname';
import type { Host } from '../../host/model';
import { setHostStatus } from '../../host/set-host-status';
import { findHostUserRule, type HostTrigger } from '../../host/user-transitions';
import type { Refusal } from '../../refusal';

export interface MovedHosts {
  hosts: Host[];
  events: EventDraft[];
}

/** Moves all hosts by one trigger, each with an event of its own; one host whose state has no rule refuses it for all (Conflict). */
export function moveHosts(
  hosts: readonly Host[], trigger: HostTrigger, eventName: 'host_install_cancelled' | 'host_reset', fields: Partial<Host>, now: Date,
): MovedHosts | Refusal {
  const moved: MovedHosts = { hosts: [], events: [] };
  for (const host of hosts) {
    const rule = findHostUserRule(trigger, host);
    if (rule === undefined) return { type: 'Conflict', reason: `Host ${effectiveHostname(host)} is in status ${host.status}, which does not permit this` };
    if (rule.to === 'disabled') {
      moved.hosts.push(host);
      continue;
    }
    const change = setHostStatus({ ...host, ...fields }, rule.to, rule.info, now);
    moved.hosts.push(change.host);
    const event = draftEvent(eventName, { host: effectiveHostname(host) }, { clusterId: host.clusterId, hostId: host.id, cause: now.getTime(), at: now });
    moved.events.push(event, ...change.events);
  }
  return moved;
}

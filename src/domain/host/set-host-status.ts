import { draftEvent } from '../events/draft-event';
import type { EventDraft } from '../events/draft';
import { effectiveHostname } from './effective-hostname';
import type { Host } from './model';
import type { HostStatus } from './status';

export interface HostChange {
  host: Host;
  events: EventDraft[];
}

/**
 * The host in its new state. The time of the state and an event follow a change of the state only; a new text alone is kept silently.
 * @returns the same object when nothing differs
 */
export function setHostStatus(host: Host, status: HostStatus, statusInfo: string, at: Date): HostChange {
  if (host.status === status) return { host: host.statusInfo === statusInfo ? host : { ...host, statusInfo }, events: [] };
  const event = draftEvent(
    'host_status_updated',
    { host: effectiveHostname(host), from: host.status, to: status, info: statusInfo },
    { clusterId: host.clusterId, hostId: host.id, cause: `${host.status}>${status}:${at.getTime()}`, at },
  );
  return { host: { ...host, status, statusInfo, statusUpdatedAt: at }, events: [event] };
}

import { draftEvent } from '../../events/draft-event';
import { effectiveHostname } from '../../host/effective-hostname';
import { setHostStatus } from '../../host/set-host-status';
import { findHostUserRule } from '../../host/user-transitions';
import { isRefusal, type Refusal } from '../../refusal';
import type { Change } from '../evaluation';
import type { ClusterSnapshot } from '../model';
import { findNamedHost } from '../named-host';
import { replaceHost } from '../replace-host';

/** Takes a host out of everything the cluster does, until it is enabled again. Conflict once it takes part in an installation. */
export function disableHost(snapshot: ClusterSnapshot, hostId: string, now: Date): Change | Refusal {
  const host = findNamedHost(snapshot, hostId);
  if (isRefusal(host)) return host;
  const rule = findHostUserRule('disable', host);
  if (rule === undefined) return { type: 'Conflict', reason: `Host ${effectiveHostname(host)} cannot be disabled while it is in status ${host.status}` };
  const moved = setHostStatus(host, rule.to, rule.info, now);
  const event = draftEvent('host_disabled', { host: effectiveHostname(host) }, { clusterId: host.clusterId, hostId, cause: now.getTime(), at: now });
  return { snapshot: replaceHost(snapshot, moved.host), events: [event, ...moved.events] };
}

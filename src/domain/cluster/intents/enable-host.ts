import { draftEvent } from '../../events/draft-event';
import { clearFacts } from '../../host/clear-facts';
import { effectiveHostname } from '../../host/effective-hostname';
import { setHostStatus } from '../../host/set-host-status';
import { findHostUserRule } from '../../host/user-transitions';
import { isRefusal, type Refusal } from '../../refusal';
import type { Change } from '../evaluation';
import type { ClusterSnapshot } from '../model';
import { findNamedHost } from '../named-host';
import { replaceHost } from '../replace-host';

/** Lets a disabled host take part again; it is discovered anew, as after a registration. Conflict for a host that is not disabled. */
export function enableHost(snapshot: ClusterSnapshot, hostId: string, now: Date): Change | Refusal {
  const host = findNamedHost(snapshot, hostId);
  if (isRefusal(host)) return host;
  const rule = findHostUserRule('enable', host);
  if (rule === undefined) return { type: 'Conflict', reason: `Host ${effectiveHostname(host)} is not disabled: it is in status ${host.status}` };
  const event = draftEvent('host_enabled', { host: effectiveHostname(host) }, { clusterId: host.clusterId, hostId, cause: now.getTime(), at: now });
  const blank = { bootstrap: false, stage: '', stageInfo: '', stageStartedAt: null, stageUpdatedAt: null } as const;
  const moved = setHostStatus({ ...host, ...blank, facts: clearFacts(host.facts) }, rule.to, rule.info, now);
  return { snapshot: replaceHost(snapshot, moved.host), events: [event, ...moved.events] };
}

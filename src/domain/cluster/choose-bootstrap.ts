import { draftEvent } from '../events/draft-event';
import { effectiveHostname } from '../host/effective-hostname';
import type { Host } from '../host/model';
import type { Change } from './evaluation';
import type { ClusterSnapshot } from './model';
import { replaceHost } from './replace-host';

const isCandidate = (host: Host): boolean => host.role === 'master' && (host.status === 'known' || host.status === 'preparing-for-installation');

/** Marks the host that carries the control plane until it stands: one marked already stays, else the last master that is ready. */
export function chooseBootstrap(snapshot: ClusterSnapshot, now: Date): Change {
  const host = snapshot.hosts.findLast(isCandidate);
  if (host === undefined || snapshot.hosts.some((candidate) => candidate.bootstrap && candidate.status !== 'disabled')) return { snapshot, events: [] };
  const event = draftEvent('host_set_bootstrap', { host: effectiveHostname(host) }, { clusterId: host.clusterId, hostId: host.id, cause: now.getTime(), at: now });
  return { snapshot: replaceHost(snapshot, { ...host, bootstrap: true }), events: [event] };
}

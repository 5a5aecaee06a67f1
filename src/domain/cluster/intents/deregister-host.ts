import { draftEvent } from '../../events/draft-event';
import { effectiveHostname } from '../../host/effective-hostname';
import type { Change } from '../evaluation';
import { describeFeatureUsage } from '../feature-usage';
import type { ClusterSnapshot } from '../model';

/** Takes a host out of the cluster, whatever its state. A host that is not there is no fault: only the event is written. */
export function deregisterHost(snapshot: ClusterSnapshot, hostId: string, now: Date): Change {
  const host = snapshot.hosts.find((candidate) => candidate.id === hostId);
  const name = host === undefined ? hostId : effectiveHostname(host);
  const event = draftEvent('host_deregistered', { host: name, wasThere: host !== undefined }, { clusterId: snapshot.cluster.id, hostId, cause: now.getTime(), at: now });
  if (host === undefined) return { snapshot, events: [event] };
  const left: ClusterSnapshot = { ...snapshot, hosts: snapshot.hosts.filter((candidate) => candidate !== host) };
  return { snapshot: { ...left, cluster: { ...left.cluster, featureUsage: describeFeatureUsage(left) } }, events: [event] };
}

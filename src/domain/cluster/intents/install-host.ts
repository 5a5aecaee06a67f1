import { effectiveHostname } from '../../host/effective-hostname';
import { isRefusal, type Refusal } from '../../refusal';
import type { DomainSettings } from '../../settings';
import { evaluateCluster } from '../evaluate';
import type { ClusterSnapshot } from '../model';
import { findNamedHost } from '../named-host';
import type { IntentChange } from './intent-change';
import { prepareDay2Hosts } from './prepare-day2-hosts';

/**
 * Accepts the installation of one day-2 host; it starts once the host's ignition is stored. Conflict for a host of a
 * cluster that is installed as a whole, and for one that is not ready.
 */
export function installHost(snapshot: ClusterSnapshot, hostId: string, now: Date, settings: DomainSettings): IntentChange | Refusal {
  const named = findNamedHost(snapshot, hostId);
  if (isRefusal(named)) return named;
  if (named.kind !== 'AddToExistingClusterHost') {
    return { type: 'Conflict', reason: `Host ${effectiveHostname(named)} belongs to a cluster that is installed as a whole: install the cluster` };
  }
  const refreshed = evaluateCluster(prepareDay2Hosts(snapshot, [hostId]), now, settings);
  const host = findNamedHost(refreshed.snapshot, hostId);
  if (isRefusal(host)) return host;
  if (host.status !== 'known') {
    return { type: 'Conflict', reason: `Host ${effectiveHostname(host)} is not ready to be installed: it is in status ${host.status}: ${host.statusInfo}` };
  }
  return { snapshot: refreshed.snapshot, events: refreshed.events, installHosts: [hostId] };
}

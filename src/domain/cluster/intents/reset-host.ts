import { effectiveHostname } from '../../host/effective-hostname';
import { isRefusal, type Refusal } from '../../refusal';
import type { DomainSettings } from '../../settings';
import type { Change } from '../evaluation';
import type { ClusterSnapshot } from '../model';
import { findNamedHost } from '../named-host';
import { replaceHost } from '../replace-host';
import { runsFromDisk } from '../require-reset';
import { moveHosts } from './move-hosts';

/**
 * Takes one day-2 host back to before its installation. A host of a cluster that is installed as a whole is reset with
 * it: Conflict, as in states without an installation. One that runs from its disk already cannot reset itself.
 */
export function resetHost(snapshot: ClusterSnapshot, hostId: string, now: Date, settings: DomainSettings): Change | Refusal {
  const host = findNamedHost(snapshot, hostId);
  if (isRefusal(host)) return host;
  if (host.kind !== 'AddToExistingClusterHost') {
    return { type: 'Conflict', reason: `Host ${effectiveHostname(host)} belongs to a cluster that is installed as a whole: reset the cluster` };
  }
  const trigger = settings.autoReset && !runsFromDisk(host) ? 'reset' : 'requireReset';
  const moved = moveHosts([host], trigger, 'host_reset', { logsInfo: '', logsStartedAt: null, logsCollectedAt: null }, now);
  if (isRefusal(moved)) return moved;
  return { snapshot: moved.hosts.reduce(replaceHost, snapshot), events: moved.events };
}

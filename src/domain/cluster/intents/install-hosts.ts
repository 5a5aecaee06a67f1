import { effectiveHostname } from '../../host/effective-hostname';
import type { Refusal } from '../../refusal';
import type { DomainSettings } from '../../settings';
import { enabledHosts } from '../enabled-hosts';
import { evaluateCluster } from '../evaluate';
import type { ClusterSnapshot } from '../model';
import type { IntentChange } from './intent-change';
import { prepareDay2Hosts } from './prepare-day2-hosts';

/**
 * Accepts the installation of all day-2 hosts that are ready; it starts once their ignitions are stored. Hosts of a
 * cluster that is installed as a whole are moved by its installation only, and have to be ready (Invalid names the others).
 */
export function installHosts(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings): IntentChange | Refusal {
  const refreshed = evaluateCluster(prepareDay2Hosts(snapshot, snapshot.hosts.map((host) => host.id)), now, settings);
  const hosts = enabledHosts(refreshed.snapshot);
  const unready = hosts.filter((host) => host.kind === 'Host' && host.status !== 'known');
  if (unready.length > 0) {
    return { type: 'Invalid', reason: `These hosts are not ready to be installed: ${unready.map((host) => `${effectiveHostname(host)} (${host.status})`).join('; ')}` };
  }
  const ready = hosts.filter((host) => host.kind === 'AddToExistingClusterHost' && host.status === 'known');
  return { snapshot: refreshed.snapshot, events: refreshed.events, ...(ready.length > 0 && { installHosts: ready.map((host) => host.id) }) };
}

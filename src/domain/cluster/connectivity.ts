import { platformRequirements } from '../hardware/platform-requirements';
import { effectiveHostname } from '../host/effective-hostname';
import type { Host } from '../host/model';
import { calculateMajorityGroups } from '../network/majority-groups';
import { findWeakPeers, type WeakPeers } from '../network/weak-peers';
import { rememberLast } from '../remember-last';
import type { DomainSettings } from '../settings';
import { enabledHosts } from './enabled-hosts';
import type { ClusterSnapshot } from './model';

/**
 * What follows from the reports of a cluster's hosts on each other. These are n² by nature, and nearly all there is to a large
 * cluster, so an evaluation looks at them once, however many passes it takes, unless something they depend on has changed.
 */
export interface Connectivity {
  /** JSON object CIDR → host ids. */
  majorityGroups: (snapshot: ClusterSnapshot) => string;
  /** By host; without an entry for one that has not reported on the others. */
  weakPeers: (snapshot: ClusterSnapshot) => ReadonlyMap<string, WeakPeers>;
}

export function createConnectivity(settings: DomainSettings): Connectivity {
  return {
    majorityGroups: rememberLast((snapshot) => enabledHosts(snapshot).flatMap(({ id, facts }) => [id, facts]), (snapshot) => JSON.stringify(calculateMajorityGroups(snapshot))),
    weakPeers: rememberLast(
      ({ cluster, hosts }) => [cluster.openshiftVersion, cluster.highAvailabilityMode, ...hosts.flatMap(peerKey)],
      (snapshot) => findAllWeakPeers(snapshot, settings),
    ),
  };
}

function peerKey(host: Host): unknown[] {
  return [host.id, host.facts.connectivity, host.role, host.status === 'disabled', effectiveHostname(host)];
}

function findAllWeakPeers({ cluster, hosts }: ClusterSnapshot, settings: DomainSettings): ReadonlyMap<string, WeakPeers> {
  const byId = new Map(hosts.map((host) => [host.id, host]));
  return new Map(hosts.flatMap((host) => {
    const { connectivity } = host.facts;
    return connectivity === undefined ? [] : [[host.id, findWeakPeers(host, connectivity, byId, platformRequirements(cluster, host.role, settings))] as const];
  }));
}

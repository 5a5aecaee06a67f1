import { enabledHosts } from '../domain/cluster/enabled-hosts';
import type { ClusterSnapshot } from '../domain/cluster/model';
import { effectiveHostname } from '../domain/host/effective-hostname';
import type { Host } from '../domain/host/model';

/** The hosts of a role by hostname: the order in which an install-config numbers them. */
export function hostsOfRole(snapshot: ClusterSnapshot, role: 'master' | 'worker'): Host[] {
  return enabledHosts(snapshot).filter((host) => host.role === role).sort(byHostname);
}

function byHostname(left: Host, right: Host): number {
  const [a, b] = [effectiveHostname(left), effectiveHostname(right)];
  return a < b ? -1 : Number(a > b);
}

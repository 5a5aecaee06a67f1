import type { Host } from '../host/model';
import type { ClusterSnapshot } from './model';

/** The hosts that count: a disabled one takes no part in anything. */
export function enabledHosts(snapshot: ClusterSnapshot): Host[] {
  return snapshot.hosts.filter((host) => host.status !== 'disabled');
}

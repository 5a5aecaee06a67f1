import type { Host } from '../host/model';
import type { Refusal } from '../refusal';
import type { ClusterSnapshot } from './model';

/** The host a user names, or NotFound. */
export function findNamedHost(snapshot: ClusterSnapshot, hostId: string): Host | Refusal {
  return snapshot.hosts.find((host) => host.id === hostId) ?? { type: 'NotFound', reason: `Host ${hostId} was not found in the cluster` };
}

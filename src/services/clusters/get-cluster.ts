import type { Actor } from '../../auth/actor';
import type { ServiceDeps } from '../deps';
import { Forbidden } from '../errors';
import type { ClusterView } from './cluster-view';
import { loadCluster } from './load-cluster';

/** Deregistered clusters are for administrators. */
export function assertMaySeeDeregistered(actor: Actor): void {
  if (actor.kind !== 'user' || actor.role === 'user') throw new Forbidden('Only administrators may see deregistered clusters.');
}

export async function getCluster(deps: ServiceDeps, actor: Actor, clusterId: string, options: { deregisteredToo: boolean }): Promise<ClusterView> {
  if (options.deregisteredToo) assertMaySeeDeregistered(actor);
  return loadCluster(deps, clusterId, options);
}

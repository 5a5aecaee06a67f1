import type { Actor, Role } from '../auth/actor';
import { can, type Action } from '../auth/policy';
import type { ClusterOwner } from './clusters/owner-lookup';
import { Forbidden, NotFound } from './errors';

export const noSuchCluster = (clusterId: string): NotFound => new NotFound(`Cluster ${clusterId} was not found.`);

/**
 * Lets an actor do something to a cluster, or throws: NotFound for a stranger, so that he cannot tell another's cluster
 * from none, Forbidden for a role that may not.
 * @param scopes roles of users that the operation is open to; empty: all
 */
export function guardCluster(actor: Actor, action: Action, clusterId: string, owner: ClusterOwner | undefined, scopes: readonly Role[] = []): void {
  const seesAll = actor.kind === 'user' && actor.role !== 'user';
  if (!owner && !seesAll) throw noSuchCluster(clusterId);
  const decision = can(actor, action, owner ? { clusterId, ownerUserName: owner.userName, sharedWithOrg: owner.sharedWithOrg } : null, scopes);
  if (decision === 'not-found') throw noSuchCluster(clusterId);
  if (decision === 'forbidden') throw roleForbids(actor);
}

/** Lets an actor do something that is about no cluster in particular, or throws Forbidden. */
export function guardGeneral(actor: Actor, action: Action, scopes: readonly Role[]): void {
  if (can(actor, action, null, scopes) !== 'allow') throw roleForbids(actor);
}

const roleForbids = (actor: Actor): Forbidden =>
  new Forbidden(actor.kind === 'user' ? `A ${actor.role} may not do this.` : 'This credential does not permit this.');

/** As guardCluster, for what cannot be done to a cluster that never was, whoever asks. */
export function guardExistingCluster(actor: Actor, action: Action, clusterId: string, owner: ClusterOwner | undefined): void {
  guardCluster(actor, action, clusterId, owner);
  if (!owner) throw noSuchCluster(clusterId);
}

import type { Actor, AgentActor, Role, SignedActor, UserActor } from './actor';

/** read: look at; write: change as a user; agent: report as a machine of the cluster; download: fetch a file. */
export type Action = 'read' | 'write' | 'agent' | 'download';

/** The cluster (or what belongs to it) that a request is about. */
export interface Resource {
  clusterId: string;
  ownerUserName: string;
  /** Organisation whose members may do what the owner may; '' = nobody else. */
  sharedWithOrg: string;
}

export type Decision = 'allow' | 'not-found' | 'forbidden';

function owns(actor: UserActor | AgentActor, resource: Resource): boolean {
  if (actor.userName !== '' && actor.userName === resource.ownerUserName) return true;
  return actor.orgId !== '' && actor.orgId === resource.sharedWithOrg;
}

function canUser(actor: UserActor, action: Action, resource: Resource | null, scopes: readonly Role[]): Decision {
  if (actor.role === 'user' && resource !== null && !owns(actor, resource)) return 'not-found';
  if (scopes.length > 0 && !scopes.includes(actor.role)) return 'forbidden';
  if (actor.role === 'admin') return 'allow';
  if (action === 'agent') return 'forbidden';
  return action === 'write' && actor.role === 'read-only-admin' ? 'forbidden' : 'allow';
}

function canAgent(actor: AgentActor, action: Action, resource: Resource | null): Decision {
  if (actor.clusterId !== undefined && resource === null) return 'forbidden';
  const isHis = resource === null || (actor.clusterId === undefined ? owns(actor, resource) : actor.clusterId === resource.clusterId);
  if (!isHis) return 'not-found';
  return action === 'write' ? 'forbidden' : 'allow';
}

function canSigned(actor: SignedActor, action: Action, resource: Resource | null): Decision {
  if (resource === null) return 'forbidden';
  if (resource.clusterId !== actor.claims.clusterId) return 'not-found';
  return action === 'download' || action === 'read' ? 'allow' : 'forbidden';
}

/**
 * Decides every request, direct or by signed URL. `resource` is null where the request is about no cluster in
 * particular; `scopes` are the roles of users that the operation is open to (empty: all). Ownership is by user name, or by
 * organisation where clusters are shared in it, and comes first, so that a stranger can't tell another's cluster from none. Method, file and expiry of a signed URL have
 * been verified before its bearer becomes an actor.
 */
export function can(actor: Actor, action: Action, resource: Resource | null, scopes: readonly Role[]): Decision {
  switch (actor.kind) {
    case 'user':
      return canUser(actor, action, resource, scopes);
    case 'agent':
      return canAgent(actor, action, resource);
    case 'signed':
      return canSigned(actor, action, resource);
  }
}

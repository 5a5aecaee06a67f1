import type { Actor, Role } from '../auth/actor';
import { AuthError } from '../auth/errors';
import type { Action } from '../auth/policy';
import { Forbidden, Unauthorized, Unavailable } from '../services/errors';
import { guardCluster, guardGeneral } from '../services/guard';
import type { OwnerLookup } from '../services/clusters/owner-lookup';
import type { Authentication } from './authentication';

/** One way to be let in to an operation; an operation lists those it accepts, in the order they are tried. */
export type SecurityRequirement = { userAuth: Role[] } | { agentAuth: [] } | { urlAuth: [] };

export const userWrites: SecurityRequirement = { userAuth: ['admin', 'user'] };
export const userReads: SecurityRequirement = { userAuth: ['admin', 'read-only-admin', 'user'] };
/** Every role, as far as it may read or write at all. */
export const anyUser: SecurityRequirement = { userAuth: [] };
export const agents: SecurityRequirement = { agentAuth: [] };
export const signedUrls: SecurityRequirement = { urlAuth: [] };

/** What the security of a request depends on. */
export interface SecuredRequest {
  header(name: string): string | undefined;
  query(name: string): string | undefined;
  /** Absent where the path names no cluster, or none that could exist. */
  clusterId: string | undefined;
  /** Name of the file that a signed address must be made for. */
  file: string | undefined;
  method: string;
}

/**
 * Lets a caller in or throws: Unauthorized without a good credential, Unavailable when it cannot be checked, NotFound for a
 * cluster that is not his, Forbidden for what his role may not do; in this order.
 */
export async function authorize(
  { authentication, owners }: { authentication: Authentication; owners: OwnerLookup },
  requirements: readonly SecurityRequirement[],
  request: SecuredRequest,
): Promise<Actor> {
  if (authentication.type === 'none') return authentication.everybody;
  const actor = await authenticate(authentication, requirements, request);
  const scopes = requirements.flatMap((requirement) => ('userAuth' in requirement ? requirement.userAuth : []));
  const action = actionOf(requirements, request.method);
  const { clusterId } = request;
  if (clusterId === undefined) guardGeneral(actor, action, scopes);
  else guardCluster(actor, action, clusterId, owners.peek(clusterId) ?? (await owners.find(clusterId)), scopes);
  if (actor.kind !== 'signed') await review(authentication.access, actor.userName);
  return actor;
}

type SingleSignOn = Extract<Authentication, { type: 'rhsso' }>;

async function authenticate(authentication: SingleSignOn, requirements: readonly SecurityRequirement[], request: SecuredRequest): Promise<Actor> {
  let refusal: AuthError | undefined;
  for (const requirement of requirements) {
    try {
      const actor = await tryRequirement(authentication, requirement, request);
      if (actor) return actor;
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      if (error.kind === 'unavailable') throw unavailable(error);
      refusal ??= error;
    }
  }
  throw new Unauthorized(refusal?.message ?? 'This request needs a credential.');
}

/** Undefined when the request does not carry this kind of credential. */
async function tryRequirement(authentication: SingleSignOn, requirement: SecurityRequirement, request: SecuredRequest): Promise<Actor | undefined> {
  if ('agentAuth' in requirement) {
    const token = request.header('x-secret-key');
    return token === undefined ? undefined : (authentication.agent.lookup(token) ?? authentication.agent.authenticate(token));
  }
  if ('userAuth' in requirement) {
    const token = request.header('authorization');
    return token === undefined ? undefined : (authentication.user.lookup(token) ?? authentication.user.authenticate(token));
  }
  const token = request.query('api_key');
  if (token === undefined || request.clusterId === undefined || request.file === undefined) return undefined;
  // Looking at the headers of a file is less than fetching it.
  const claims = await authentication.signedUrl.verify(token, { method: 'GET', clusterId: request.clusterId, file: request.file });
  return { kind: 'signed', claims };
}

async function review(access: SingleSignOn['access'], userName: string): Promise<void> {
  let allowed = access.peek(userName);
  try {
    allowed ??= await access.isAllowed(userName);
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    if (error.kind === 'unavailable') throw unavailable(error);
    allowed = false;
  }
  if (!allowed) throw new Forbidden('This account may not create bare-metal clusters.');
}

const unavailable = (error: AuthError): Unavailable => new Unavailable(`${error.message}.`, 5, { cause: error });

function actionOf(requirements: readonly SecurityRequirement[], method: string): Action {
  if (requirements.some((requirement) => 'urlAuth' in requirement)) return 'download';
  const user = requirements.find((requirement) => 'userAuth' in requirement);
  if (!user || !('userAuth' in user)) return 'agent';
  if (user.userAuth.length === 0) return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  return user.userAuth.includes('read-only-admin') ? 'read' : 'write';
}

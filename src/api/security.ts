import type { AccessReview } from '../auth/access';
import type { Actor, Role } from '../auth/actor';
import { AuthError } from '../auth/errors';
import type { Action } from '../auth/policy';
import { Forbidden, Unauthorized } from '../services/errors';
import { guardCluster, guardGeneral } from '../services/guard';
import type { OwnerLookup } from '../services/clusters/owner-lookup';
import { authenticate, findSignature, unavailable } from './authenticate';
import type { Authentication, OpenAuthentication } from './authentication';
import type { RateLimits } from './middleware/rate-limits';

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
  hostId: string | undefined;
  /** The network address the request comes from. */
  address(): string;
  /** Name of the file that a signed address must be made for. */
  file: string | undefined;
  method: string;
}

/**
 * Lets a caller in or throws: Unauthorized without a good credential, Unavailable when it cannot be checked, TooManyRequests
 * for who sends more than he may, NotFound for a cluster that is not his, Forbidden for what his role may not do; in this order.
 */
export async function authorize(
  { authentication, owners, rateLimits }: { authentication: Authentication; owners: OwnerLookup; rateLimits: RateLimits },
  requirements: readonly SecurityRequirement[],
  request: SecuredRequest,
): Promise<Actor> {
  if (authentication.type === 'none') return letIn(authentication, requirements, request);
  const actor = await authenticate(authentication, requirements, request, rateLimits);
  await rateLimits.admit(actor, request);
  const scopes = requirements.flatMap((requirement) => ('userAuth' in requirement ? requirement.userAuth : []));
  const action = actionOf(requirements, request.method);
  const { clusterId } = request;
  if (clusterId === undefined) guardGeneral(actor, action, scopes);
  else guardCluster(actor, action, clusterId, owners.peek(clusterId) ?? (await owners.find(clusterId)), scopes);
  if (actor.kind !== 'signed' && authentication.access) await review(authentication.access, actor.userName);
  return actor;
}

async function letIn({ everybody, signedUrl }: OpenAuthentication, requirements: readonly SecurityRequirement[], request: SecuredRequest): Promise<Actor> {
  const signature = requirements.some((requirement) => 'urlAuth' in requirement) ? findSignature(signedUrl, request) : undefined;
  if (!signature) return everybody;
  return signature.check().catch((error: unknown) => {
    throw error instanceof AuthError ? new Unauthorized(error.message) : error;
  });
}

async function review(access: AccessReview, userName: string): Promise<void> {
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

function actionOf(requirements: readonly SecurityRequirement[], method: string): Action {
  if (requirements.some((requirement) => 'urlAuth' in requirement)) return 'download';
  const user = requirements.find((requirement) => 'userAuth' in requirement);
  if (!user || !('userAuth' in user)) return 'agent';
  if (user.userAuth.length === 0) return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  return user.userAuth.includes('read-only-admin') ? 'read' : 'write';
}

import type { Actor } from '../auth/actor';
import { AuthError } from '../auth/errors';
import { Unauthorized, Unavailable } from '../services/errors';
import type { CheckedAuthentication } from './authentication';
import type { RateLimits } from './middleware/rate-limits';
import type { SecuredRequest, SecurityRequirement } from './security';

/** What a request carries for one of the ways in. */
interface Credential {
  /** Whose it is if that is known, without waiting. */
  recognise(): Actor | undefined;
  /** Whose it is. Rejects with AuthError. */
  check(): Promise<Actor>;
}

/**
 * Finds out who sends a request, by the first of the accepted credentials that is good. Throws Unauthorized when there is none,
 * Unavailable when one cannot be checked, and TooManyRequests when too many from this address were bad.
 */
export async function authenticate(
  authentication: CheckedAuthentication, requirements: readonly SecurityRequirement[], request: SecuredRequest, rateLimits: RateLimits,
): Promise<Actor> {
  let refusal: AuthError | undefined;
  for (const requirement of requirements) {
    const credential = findCredential(authentication, requirement, request);
    if (!credential) continue;
    const known = credential.recognise();
    if (known) return known;
    await rateLimits.mayTry(request.address());
    try {
      return await credential.check();
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      if (error.kind === 'unavailable') throw unavailable(error);
      await rateLimits.refused(request.address());
      refusal ??= error;
    }
  }
  throw new Unauthorized(refusal?.message ?? 'This request needs a credential.');
}

function findCredential({ user, agent, signedUrl }: CheckedAuthentication, requirement: SecurityRequirement, request: SecuredRequest): Credential | undefined {
  if ('agentAuth' in requirement) {
    const token = request.header('x-secret-key');
    return token === undefined ? undefined : { recognise: () => agent.lookup(token), check: () => agent.authenticate(token) };
  }
  if ('userAuth' in requirement) {
    const token = request.header('authorization');
    return token === undefined ? undefined : { recognise: () => user.lookup(token), check: () => user.authenticate(token) };
  }
  return findSignature(signedUrl, request);
}

/** The signature of an address; undefined when it has none, or is no address that is signed. */
export function findSignature(signedUrl: CheckedAuthentication['signedUrl'], { query, clusterId, file }: SecuredRequest): Credential | undefined {
  const token = query('api_key');
  if (token === undefined || clusterId === undefined || file === undefined) return undefined;
  return {
    recognise: () => undefined,
    // Looking at the headers of a file is less than fetching it.
    check: async () => ({ kind: 'signed', claims: await signedUrl.verify(token, { method: 'GET', clusterId, file }) }),
  };
}

export const unavailable = (error: AuthError): Unavailable => new Unavailable(`${error.message}.`, 5, { cause: error });

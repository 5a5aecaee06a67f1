import type { JWTPayload } from 'jose';
import { AuthError } from './errors';

/** The claims of a user token that matter here. */
export interface UserClaims {
  userName: string;
  orgId: string;
  emailDomain: string;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads the claims of a verified user token. Throws AuthError when it names no user or is not an access token. */
export function readUserClaims(payload: JWTPayload): UserClaims {
  const type = text(payload['typ']);
  if (type !== '' && type.toLowerCase() !== 'bearer') throw new AuthError('unauthenticated', 'the token is not an access token');
  const userName = text(payload['username']) || text(payload['preferred_username']);
  if (userName === '') throw new AuthError('unauthenticated', 'the token names no user');
  const [, domain, ...rest] = text(payload['email']).split('@');
  return {
    userName,
    orgId: text(payload['org_id']),
    emailDomain: domain === undefined || domain === '' || rest.length > 0 ? 'Unknown' : domain,
  };
}

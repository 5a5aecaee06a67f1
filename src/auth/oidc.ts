import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import type { UserActor } from './actor';
import { AuthError } from './errors';
import { BoundedMap } from './bounded-map';
import { hashCredential } from './hash-credential';
import { createKeySource } from './key-source';
import type { KeySource, KeySourceOptions } from './key-source';
import { createRoleFinder } from './role-finder';
import type { RoleFinderOptions } from './role-finder';
import { readUserClaims } from './user-claims';
import type { UserClaims } from './user-claims';

export interface UserAuthenticatorOptions extends Omit<KeySourceOptions, 'now' | 'jwksUrl'>, Omit<RoleFinderOptions, 'now'> {
  /** Where the keys are published. */
  jwksUrl?: string | undefined;
  /** The keys themselves, in place of `jwksUrl`. */
  jwks?: JSONWebKeySet;
  /** Accepted `iss`; any when left out. */
  issuer?: string | undefined;
  /** Accepted `aud`; any when left out. */
  audience?: string | undefined;
  /** Clock in milliseconds, for tests. */
  now?: () => number;
}

export interface UserAuthenticator {
  /** The user behind an Authorization header that was verified before, without waiting; else undefined. */
  lookup(authorization: string | undefined): UserActor | undefined;
  /** The user behind an Authorization header. Rejects with AuthError. */
  authenticate(authorization: string | undefined): Promise<UserActor>;
}

interface VerifiedToken {
  claims: UserClaims;
  /** Milliseconds since the epoch. */
  validUntil: number;
}

const maxCachedMs = 10 * 60_000;
const maxTokenLength = 16 * 1024;
const clockToleranceSeconds = 5;

function readBearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > maxTokenLength) return undefined;
  return /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
}

function keysOf({ jwks, jwksUrl, ...options }: UserAuthenticatorOptions, now: () => number): KeySource {
  if (jwks) return createLocalJWKSet(jwks);
  if (jwksUrl === undefined) throw new Error('The keys of user tokens are not configured.');
  return createKeySource({ ...options, jwksUrl, now });
}

/**
 * Authenticates users by RS256 tokens whose keys come from a JWKS document. A verified token is remembered until it
 * expires, 10 minutes at most.
 */
export function createUserAuthenticator(options: UserAuthenticatorOptions): UserAuthenticator {
  const now = options.now ?? Date.now;
  const keys = keysOf(options, now);
  const roles = createRoleFinder({ ...options, now });
  const verified = new BoundedMap<VerifiedToken>(20_000);

  async function verify(token: string): Promise<VerifiedToken> {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      requiredClaims: ['exp'],
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(now()),
      ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
      ...(options.audience === undefined ? {} : { audience: options.audience }),
    }).catch((error: unknown) => {
      if (error instanceof AuthError) throw error;
      throw new AuthError('unauthenticated', 'the token is not valid');
    });
    const claims = readUserClaims(payload);
    const expiresAt = ((payload.exp ?? 0) + clockToleranceSeconds) * 1000;
    return { claims, validUntil: Math.min(expiresAt, now() + maxCachedMs) };
  }

  function findVerified(key: string): VerifiedToken | undefined {
    const known = verified.get(key);
    return known !== undefined && now() < known.validUntil ? known : undefined;
  }

  return {
    lookup(authorization) {
      const token = readBearerToken(authorization);
      if (token === undefined) return undefined;
      const known = findVerified(hashCredential(token));
      if (known === undefined) return undefined;
      const role = roles.peek(known.claims.userName);
      return role === undefined ? undefined : { kind: 'user', ...known.claims, role };
    },

    async authenticate(authorization) {
      const token = readBearerToken(authorization);
      if (token === undefined) throw new AuthError('unauthenticated', 'a bearer token is needed');
      const key = hashCredential(token);
      let known = findVerified(key);
      if (known === undefined) {
        known = await verify(token);
        verified.set(key, known);
      }
      return { kind: 'user', ...known.claims, role: await roles.find(known.claims.userName) };
    },
  };
}

import { createLocalJWKSet, createRemoteJWKSet, errors } from 'jose';
import type { CryptoKey, FlattenedJWSInput, JWSHeaderParameters } from 'jose';
import { AuthError } from './errors';

export interface KeySourceOptions {
  jwksUrl: string;
  /** Limit of one download in milliseconds. */
  timeoutMs?: number;
  /** An unknown key id causes a download at most this often. */
  cooldownMs?: number;
  now: () => number;
}

export type KeySource = (header?: JWSHeaderParameters, token?: FlattenedJWSInput) => Promise<CryptoKey>;

const minute = 60_000;
const maxAgeMs = 10 * minute;
const staleMs = 24 * 60 * minute;
const retryMs = 15_000;

/**
 * The verification keys of a JWKS document: downloaded when first needed, again every 10 minutes and when a token names
 * an unknown key. While the document can't be had, the last one is used for up to 24 hours; without one the source
 * rejects with AuthError unavailable. An unknown key rejects with jose's JWKSNoMatchingKey.
 */
export function createKeySource({ jwksUrl, timeoutMs = 5000, cooldownMs = 5000, now }: KeySourceOptions): KeySource {
  const remote = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: timeoutMs,
    cooldownDuration: cooldownMs,
    cacheMaxAge: maxAgeMs,
  });
  let last: { keys: KeySource; readAt: number } | undefined;
  let quietUntil = 0;

  async function fallBack(header?: JWSHeaderParameters, token?: FlattenedJWSInput): Promise<CryptoKey> {
    if (last === undefined || now() - last.readAt >= staleMs) {
      throw new AuthError('unavailable', 'the keys of user tokens are not available');
    }
    try {
      return await last.keys(header, token);
    } catch (error) {
      // The missing document may well hold the key: this is no verdict on the token.
      if (error instanceof errors.JWKSNoMatchingKey) {
        throw new AuthError('unavailable', 'the keys of user tokens are not available');
      }
      throw error;
    }
  }

  return async (header, token) => {
    if (now() < quietUntil) return fallBack(header, token);
    try {
      const key = await remote(header, token);
      const document = remote.jwks();
      if (document !== undefined && remote.fresh) last = { keys: createLocalJWKSet(document), readAt: now() };
      return key;
    } catch (error) {
      const verdict = error instanceof errors.JWKSNoMatchingKey
        || error instanceof errors.JWKSMultipleMatchingKeys
        || error instanceof errors.JOSENotSupported;
      if (verdict) throw error;
      quietUntil = now() + retryMs;
      return fallBack(header, token);
    }
  };
}

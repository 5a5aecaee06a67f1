import { createPublicKey, type KeyObject } from 'node:crypto';
import { SignJWT, jwtVerify, type JWTPayload } from 'jose';
import type { AgentActor } from './actor';
import type { AgentAuthenticator } from './agent';
import { BoundedMap } from './bounded-map';
import { AuthError } from './errors';
import { hashCredential } from './hash-credential';
import type { UserAuthenticator } from './oidc';
import { readSigningKey, readVerificationKeys } from './signing-key';

export interface LocalTokensOptions {
  /** Signs new tokens; PEM, EC P-256. */
  privateKeyPem: string;
  /** Public keys of former signing keys, whose tokens are still accepted; PEM blocks, or ''. */
  formerPublicKeysPem: string;
  lifetimeMs: number;
  /** Clock in milliseconds, for tests. */
  now?: () => number;
}

export interface LocalTokens {
  /** A new token for the agents of a cluster: good for this cluster alone, and for `lifetimeMs`. */
  issue(clusterId: string): Promise<string>;
  /** Knows agents by such tokens. */
  agents: AgentAuthenticator;
}

const audience = 'agent';
const maxTokenLength = 4096;
const keptMs = 10 * 60_000;

/** The service's own tokens for agents (ES256), where no account management vouches for them. Throws for keys that do not fit. */
export function createLocalTokens({ privateKeyPem, formerPublicKeysPem, lifetimeMs, now = Date.now }: LocalTokensOptions): LocalTokens {
  const privateKey = readSigningKey(privateKeyPem, 'EC_PRIVATE_KEY_PEM');
  const keys = [createPublicKey(privateKey), ...readVerificationKeys(formerPublicKeysPem, 'EC_PUBLIC_KEY_PEM')];
  const known = new BoundedMap<{ actor: AgentActor; until: number }>(20_000);

  const lookup = (token: string | undefined): AgentActor | undefined => {
    const entry = token === undefined ? undefined : known.get(hashCredential(token));
    return entry && now() < entry.until ? entry.actor : undefined;
  };

  return {
    issue: (clusterId) => new SignJWT({ cluster_id: clusterId })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
      .setAudience(audience)
      .setIssuedAt(Math.floor(now() / 1000))
      .setExpirationTime(Math.floor((now() + lifetimeMs) / 1000))
      .sign(privateKey),
    agents: {
      lookup,
      async authenticate(token) {
        const recognised = lookup(token);
        if (recognised) return recognised;
        if (token === undefined || token === '' || token.length > maxTokenLength) throw new AuthError('unauthenticated', 'a secret key is needed');
        const { cluster_id: clusterId, exp } = await verify(keys, token, new Date(now()));
        if (typeof clusterId !== 'string' || exp === undefined) throw refused();
        const actor: AgentActor = { kind: 'agent', userName: 'admin', orgId: '', role: 'user', clusterId };
        known.set(hashCredential(token), { actor, until: Math.min(exp * 1000, now() + keptMs) });
        return actor;
      },
    },
  };
}

async function verify(keys: readonly KeyObject[], token: string, currentDate: Date): Promise<JWTPayload> {
  for (const key of keys) {
    const verified = await jwtVerify(token, key, { algorithms: ['ES256'], audience, requiredClaims: ['exp'], currentDate }).catch(() => undefined);
    if (verified) return verified.payload;
  }
  throw refused();
}

const refused = (): AuthError => new AuthError('unauthenticated', 'the secret key is not valid, or has expired');

/** There are no users where nobody vouches for them: every token is refused. */
export const noUsers: UserAuthenticator = {
  lookup: () => undefined,
  authenticate: () => Promise.reject(new AuthError('unauthenticated', 'users have no credentials here: agents alone are known')),
};

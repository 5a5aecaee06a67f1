import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { SigningKeys } from './signing-keys';

/** Who a token is for; `subject` is the account id. */
export interface TokenSubject {
  subject: string;
  username: string;
  clientId: string;
  orgId: string;
  email: string;
  firstName: string;
  lastName: string;
  serviceAccount: boolean;
}

export interface TokenSettings {
  issuer: string;
  lifetimeSeconds: number;
}

export const accessTokenType = 'Bearer';
export const refreshTokenType = 'Refresh';
export const offlineTokenType = 'Offline';
export const tokenAudience = 'cloud-services';

const refreshLifetimeSeconds = 10 * 3600;

function personClaims(subject: TokenSubject) {
  return {
    username: subject.username,
    preferred_username: subject.username,
    email: subject.email,
    first_name: subject.firstName,
    given_name: subject.firstName,
    last_name: subject.lastName,
    family_name: subject.lastName,
    name: `${subject.firstName} ${subject.lastName}`.trim(),
    org_id: subject.orgId,
  };
}

/** A signed access token (RS256, `kid` in the header). */
export async function issueAccessToken(keys: SigningKeys, settings: TokenSettings, subject: TokenSubject): Promise<string> {
  const { kid, privateKey } = keys.current();
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    typ: accessTokenType,
    azp: subject.clientId,
    ...(subject.serviceAccount ? { clientId: subject.clientId } : {}),
    scope: 'openid',
    ...personClaims(subject),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
    .setIssuer(settings.issuer)
    .setAudience(tokenAudience)
    .setSubject(subject.subject)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + settings.lifetimeSeconds)
    .sign(privateKey);
}

/** A token that the refresh_token grant accepts. An offline one never expires; others last 10 hours. */
export async function issueRefreshToken(
  keys: SigningKeys,
  settings: TokenSettings,
  subject: TokenSubject,
  offline: boolean,
): Promise<string> {
  const { kid, privateKey } = keys.current();
  const now = Math.floor(Date.now() / 1000);
  const token = new SignJWT({
    typ: offline ? offlineTokenType : refreshTokenType,
    azp: subject.clientId,
    scope: offline ? 'openid offline_access' : 'openid',
    username: subject.username,
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
    .setIssuer(settings.issuer)
    .setAudience(settings.issuer)
    .setSubject(subject.subject)
    .setJti(randomUUID())
    .setIssuedAt(now);
  if (!offline) token.setExpirationTime(now + refreshLifetimeSeconds);
  return token.sign(privateKey);
}

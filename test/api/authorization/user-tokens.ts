import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT, exportJWK, type JSONWebKeySet } from 'jose';

export const issuer = 'https://sso.example.com/realm';
export const audience = 'cloud-services';

/** A single sign-on of this test's own, so that it can also sign what a real one never would. */
export async function createTokenMaker() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const publicKey = createPublicKey(privateKey);
  const jwks: JSONWebKeySet = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
  const claims = (username: string, changes: Record<string, unknown>) => {
    const now = Math.floor(Date.now() / 1000);
    return { iss: issuer, aud: audience, iat: now, exp: now + 900, typ: 'Bearer', username, email: `${username}@example.com`, ...changes };
  };
  const sign = (username: string, changes: Record<string, unknown> = {}, key = privateKey) =>
    new SignJWT(claims(username, changes)).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
  return {
    jwks,
    sign,
    /** Tokens of a user that must all be refused, by what is wrong with them. */
    bad: async (username: string): Promise<Record<string, string>> => ({
      garbage: 'a.b.c',
      expired: await sign(username, { exp: Math.floor(Date.now() / 1000) - 60 }),
      'wrong audience': await sign(username, { aud: 'elsewhere' }),
      'wrong issuer': await sign(username, { iss: 'https://sso.evil.example.com' }),
      'of no audience': await sign(username, { aud: undefined }),
      'a refresh token': await sign(username, { typ: 'Refresh' }),
      'by another key': await sign(username, {}, foreign),
      'alg none': new UnsecuredJWT(claims(username, {})).encode(),
      'HS256 with the public key': await new SignJWT(claims(username, {})).setProtectedHeader({ alg: 'HS256', kid: 'k1' })
        .sign(Buffer.from(String(publicKey.export({ type: 'spki', format: 'pem' })))),
    }),
  };
}

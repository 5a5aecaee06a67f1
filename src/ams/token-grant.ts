import { decodeJwt } from 'jose';
import { AmsError } from './ams-error';

/** By what the service gets its access tokens: a client's secret, or one token that stands for its account. */
export type AmsCredential =
  | { clientId: string; clientSecret: string; selfToken?: undefined }
  | {
      /** An offline or refresh token, from which access tokens are made; or an access token, used until it expires. */
      selfToken: string;
    };

/** How tokens are asked for. */
export interface TokenGrant {
  /** A token that needs no asking; undefined when there is none. */
  given: { value: string; expiresAt: number } | undefined;
  /** The request for the next token. Throws AmsError when none can be had any more. */
  request(): { headers: Record<string, string>; body: URLSearchParams };
  /** Takes note of the answer's refresh token; undefined after a refusal. */
  answered(refreshToken: string | undefined): void;
}

const publicClientId = 'cloud-services';

/** Throws an error without the token when it is no JWT. */
export function createTokenGrant(credential: AmsCredential): TokenGrant {
  return credential.selfToken === undefined ? byClientSecret(credential) : bySelfToken(credential.selfToken);
}

function byClientSecret({ clientId, clientSecret }: { clientId: string; clientSecret: string }): TokenGrant {
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');
  return {
    given: undefined,
    request: () => ({
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, scope: 'openid' }),
    }),
    answered: () => undefined,
  };
}

function bySelfToken(selfToken: string): TokenGrant {
  const claims = readClaims(selfToken);
  if (claims.typ === 'bearer') {
    return {
      given: { value: selfToken, expiresAt: claims.expiresAt },
      request() {
        throw new AmsError(null, 'token', 'the configured access token has expired, and none can be made from it');
      },
      answered: () => undefined,
    };
  }
  let newest = selfToken;
  return {
    given: undefined,
    request: () => ({ headers: {}, body: new URLSearchParams({ grant_type: 'refresh_token', client_id: claims.client, refresh_token: newest }) }),
    // A server that gives out a new one each time does not take the former again; the configured one is what is left after a refusal.
    answered(refreshToken) {
      newest = refreshToken ?? selfToken;
    },
  };
}

function readClaims(token: string): { typ: string; client: string; expiresAt: number } {
  try {
    const { typ, azp, exp } = decodeJwt(token);
    return {
      typ: typeof typ === 'string' ? typ.toLowerCase() : 'bearer',
      client: typeof azp === 'string' ? azp : publicClientId,
      expiresAt: exp === undefined ? Number.POSITIVE_INFINITY : exp * 1000,
    };
  } catch {
    throw new Error('OCM_SELF_TOKEN is not a JWT');
  }
}

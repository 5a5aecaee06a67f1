import { TokenError } from './token-error';

export interface ClientCredentials {
  clientId: string;
  clientSecret: string;
}

function decodeFormValue(text: string): string {
  return decodeURIComponent(text.replace(/\+/g, ' '));
}

/**
 * Client id and secret of a token request, from the Basic header (both parts form-encoded, RFC 6749 section 2.3.1) or
 * from the form. Either part is '' when it was not sent. Throws TokenError for a malformed header.
 */
export function readClientCredentials(authorization: string | undefined, form: URLSearchParams): ClientCredentials {
  const basic = /^basic\s+(\S+)$/i.exec(authorization ?? '');
  if (basic?.[1] === undefined) {
    return { clientId: form.get('client_id') ?? '', clientSecret: form.get('client_secret') ?? '' };
  }
  const decoded = Buffer.from(basic[1], 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0) throw new TokenError(400, 'invalid_request', 'malformed Basic credentials');
  try {
    return {
      clientId: decodeFormValue(decoded.slice(0, colon)),
      clientSecret: decodeFormValue(decoded.slice(colon + 1)),
    };
  } catch {
    throw new TokenError(400, 'invalid_request', 'malformed Basic credentials');
  }
}

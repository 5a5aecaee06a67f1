import { TokenError } from './token-error';

export interface ClientCredentials {
  clientId: string;
  clientSecret: string;
}

/** Form-decodes, or undefined where the text is no form value, e.g. because it was sent as it is. */
function decodeFormValue(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return undefined;
  }
}

/**
 * What a token request may mean by client id and secret: from the form, or from the Basic header. There RFC 6749 section 2.3.1 has
 * both parts form-encoded, but the OCM SDK sends them as they are: both readings are returned, the form-decoded first.
 * Either part is '' when it was not sent. Throws TokenError for a malformed header.
 */
export function readClientCredentials(authorization: string | undefined, form: URLSearchParams): [ClientCredentials, ...ClientCredentials[]] {
  const basic = /^basic\s+(\S+)$/i.exec(authorization ?? '');
  if (basic?.[1] === undefined) {
    return [{ clientId: form.get('client_id') ?? '', clientSecret: form.get('client_secret') ?? '' }];
  }
  const decoded = Buffer.from(basic[1], 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0) throw new TokenError(400, 'invalid_request', 'malformed Basic credentials');
  const plain = { clientId: decoded.slice(0, colon), clientSecret: decoded.slice(colon + 1) };
  const clientId = decodeFormValue(plain.clientId);
  const clientSecret = decodeFormValue(plain.clientSecret);
  return clientId === undefined || clientSecret === undefined ? [plain] : [{ clientId, clientSecret }, plain];
}

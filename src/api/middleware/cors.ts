export interface Cors {
  /** Headers for an answer to a page of this origin; none for a foreign one. */
  headersFor(origin: string | undefined): Record<string, string>;
  /** Headers for the answer to a preflight request. */
  preflightHeaders(origin: string | undefined): Record<string, string>;
}

/**
 * Lets pages of the given origins call the API.
 * @param allowedDomains origins such as `https://console.example.com`; `*` allows all
 */
export function createCors(allowedDomains: readonly string[]): Cors {
  const allowed = new Set(allowedDomains);
  const headersFor = (origin: string | undefined): Record<string, string> => {
    if (allowed.size === 0) return {};
    if (allowed.has('*')) return { 'Access-Control-Allow-Origin': '*' };
    return origin !== undefined && allowed.has(origin) ? { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' } : { Vary: 'Origin' };
  };
  return {
    headersFor,
    preflightHeaders(origin) {
      const headers = headersFor(origin);
      if (!('Access-Control-Allow-Origin' in headers)) return headers;
      return {
        ...headers,
        'Access-Control-Allow-Methods': 'DELETE,GET,PATCH,POST,PUT',
        'Access-Control-Allow-Headers': 'Authorization,Content-Type,Idempotency-Key',
        'Access-Control-Max-Age': '600',
      };
    },
  };
}

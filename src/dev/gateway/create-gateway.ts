import { Hono } from 'hono';
import { proxy } from 'hono/proxy';

export interface GatewayTargets {
  /** Address of the service's API. */
  apiUrl: string;
  /** Address of the AMS stand-in. */
  amsUrl: string;
}

/** Paths of the token endpoint and of OCM's own services; everything else is the service's. */
const amsPaths = ['/auth/*', '/api/accounts_mgmt/*', '/api/authorizations/*'] as const;

/**
 * One address for what a user of OCM finds behind one address: token endpoint, account services and assisted-install. Bodies are passed
 * on as they come, both ways; a client that goes away ends its request behind, too. A part that does not answer is 502.
 */
export function createGateway({ apiUrl, amsUrl }: GatewayTargets): Hono {
  const gateway = new Hono();
  const forward = (target: string, request: Request): Promise<Response> => {
    const { pathname, search, host, protocol } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.set('x-forwarded-host', host);
    headers.set('x-forwarded-proto', protocol.slice(0, -1));
    headers.delete('host');
    // Redirects are for the client to follow.
    return proxy(`${target}${pathname}${search}`, { raw: request, headers, redirect: 'manual' });
  };
  for (const path of amsPaths) gateway.all(path, (c) => forward(amsUrl, c.req.raw));
  gateway.all('*', (c) => forward(apiUrl, c.req.raw));
  gateway.onError((error, c) => {
    const reason = `What is behind the gateway did not answer: ${error.cause instanceof Error ? error.cause.message : error.message}`;
    return c.json({ kind: 'Error', id: 502, href: '', code: '502', reason }, 502);
  });
  return gateway;
}

import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * The network address a request comes from.
 * @param trustedProxies proxies in front of the service that append the address of whom they serve to X-Forwarded-For; what
 * stands before their entries is the caller's own invention
 */
export function callerAddress(c: Context, trustedProxies: number): string {
  if (trustedProxies > 0) {
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim()).filter((hop) => hop !== '');
    const hop = hops.at(-trustedProxies);
    if (hop !== undefined) return hop;
  }
  const environment: unknown = c.env;
  // A request that no server received has no connection.
  const connected = typeof environment === 'object' && environment !== null && 'incoming' in environment;
  return (connected ? getConnInfo(c).remote.address : undefined) ?? 'unknown';
}

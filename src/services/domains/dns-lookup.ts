import { Resolver } from 'node:dns/promises';
import type { DnsLookup } from './check-managed-domain';

/** Codes that say that there is nothing of the kind, which is an answer. */
const nothing = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Looks names up with the resolvers of the system, or with those given.
 * @param servers addresses as `ip` or `ip:port`
 */
export function createDnsLookup(servers: readonly string[] = []): DnsLookup {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  const found = async (lookup: Promise<unknown>): Promise<boolean> => {
    try {
      await lookup;
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && typeof error.code === 'string' && nothing.has(error.code)) return false;
      throw error;
    }
  };
  return {
    isZone: (domain) => found(resolver.resolveSoa(domain)),
    hasAddress: async (name) => (await found(resolver.resolve4(name))) || found(resolver.resolve6(name)),
  };
}

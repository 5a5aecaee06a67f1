import type { ManagedDomain } from '../../domain/cluster/managed-domain';
import type { ServiceDeps } from '../deps';
import { Conflict, Unavailable } from '../errors';

/** Asks the domain name system. Both reject when there is no answer. */
export interface DnsLookup {
  /** Whether a zone begins at this name. */
  isZone(domain: string): Promise<boolean>;
  /** Whether the name has an address. */
  hasAddress(name: string): Promise<boolean>;
}

/**
 * A cluster in a managed domain must find its zone there and its names free: its installer needs both. Throws Conflict where that is
 * not so, Unavailable when nobody answers. Domains that are not managed are their users' business.
 */
export async function checkManagedDomain({ managedDomains, dns }: Pick<ServiceDeps, 'managedDomains' | 'dns'>, name: string, baseDomain: string): Promise<void> {
  const managed = managedDomains.find(({ domain }) => domain === baseDomain);
  if (!managed || name === '') return;
  const [isZone, ...taken] = await ask(dns, name, managed);
  if (!isZone) throw new Conflict(`The managed domain ${baseDomain} is no zone of the domain name system: choose another base_dns_domain`);
  const [first] = taken.filter((record) => record !== undefined);
  if (first !== undefined) throw new Conflict(`The name ${first} exists already: choose another name for the cluster, or remove its records`);
}

async function ask(dns: DnsLookup, name: string, { domain }: ManagedDomain): Promise<[boolean, ...(string | undefined)[]]> {
  const names = [`api.${name}.${domain}`, `console-openshift-console.apps.${name}.${domain}`];
  try {
    return await Promise.all([dns.isZone(domain), ...names.map(async (record) => ((await dns.hasAddress(record)) ? record : undefined))]);
  } catch (error) {
    throw new Unavailable(`The names of ${domain} could not be looked up; try again.`, 5, { cause: error });
  }
}

import { z } from 'zod';
import { checkBaseDnsDomain } from '../domain/input/base-dns-domain';
import { dnsProviders, type ManagedDomain } from '../domain/cluster/managed-domain';

const form = /^([^:/\s]+):([^:/\s]+)\/([^:/\s]+)$/;

function readDomain(entry: string): ManagedDomain | string {
  const [, domain = '', zoneId = '', providerName = ''] = form.exec(entry) ?? [];
  if (domain === '') return `"${entry}" must have the form name:id/provider`;
  const problem = checkBaseDnsDomain(domain, 'x');
  if (problem !== undefined) return problem;
  const provider = dnsProviders.find((known) => known === providerName);
  return provider ? { domain, zoneId, provider } : `the provider of ${domain} must be ${dnsProviders.join(' or ')}`;
}

/** BASE_DNS_DOMAINS: comma-separated list of `name:id/provider`. */
export const managedDomains = z.string().transform((text, context): ManagedDomain[] => {
  const entries = text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '').map(readDomain);
  const domains = entries.filter((entry) => typeof entry !== 'string');
  const names = domains.map(({ domain }) => domain);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const problem = entries.find((entry) => typeof entry === 'string') ?? (twice === undefined ? undefined : `${twice} is named twice`);
  if (problem === undefined) return domains;
  context.addIssue({ code: 'custom', message: problem });
  return z.NEVER;
});

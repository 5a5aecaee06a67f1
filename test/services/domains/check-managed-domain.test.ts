import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkManagedDomain } from '../../../src/services/domains/check-managed-domain';
import { createDnsLookup } from '../../../src/services/domains/dns-lookup';
import { startDnsServer } from '../../support/dns-server';

let server: Awaited<ReturnType<typeof startDnsServer>>;
beforeAll(async () => {
  server = await startDnsServer({ zones: ['managed.example.com'], addresses: ['api.taken.managed.example.com', 'console-openshift-console.apps.apps-only.managed.example.com'] });
});
afterAll(() => server.close());

const managedDomains = ['managed.example.com', 'lost.example.com'].map((domain) => ({ domain, zoneId: 'Z1', provider: 'route53' }) as const);
const check = (name: string, domain: string) => checkManagedDomain({ managedDomains, dns: createDnsLookup([server.address]) }, name, domain);

it('a free name in a managed zone may be used', async () => {
  await expect(check('free', 'managed.example.com')).resolves.toBeUndefined();
});

it.each(['taken', 'apps-only'])('a name that exists (%s) may not', async (name) => {
  await expect(check(name, 'managed.example.com')).rejects.toMatchObject({ kind: 'Conflict', message: expect.stringContaining(`${name}.managed.example.com exists already`) });
});

it('a managed domain that is no zone is told', async () => {
  await expect(check('free', 'lost.example.com')).rejects.toMatchObject({ kind: 'Conflict', message: expect.stringContaining('lost.example.com is no zone') });
});

it('other domains are not looked up, and silence is no verdict', async () => {
  server.state.silent = true;
  await expect(check('taken', 'example.org')).resolves.toBeUndefined();
  await expect(check('free', 'managed.example.com')).rejects.toMatchObject({ kind: 'Unavailable' });
  server.state.silent = false;
});

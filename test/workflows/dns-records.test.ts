import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRoute53, type DnsZones } from '../../src/dns/route53';
import type { Store } from '../../src/store/store';
import { recordHistories } from '../replay/record';
import { createTestStore } from '../store/create-test-store';
import { ActivityFaults } from '../support/activity-faults';
import { ClusterLife } from '../support/cluster-life';
import { createObjectMakers } from '../support/object-makers';
import { startRoute53Server } from '../support/route53-server';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

const domain = 'managed.example.org';
const secretAccessKey = 'planted-route53-secret';
const slow = { timeout: 60_000, interval: 50 };
const denied = { status: 403, code: 'AccessDenied', message: 'User: arn:aws:iam::123456789012:user/x is not authorized' };

let route53: Awaited<ReturnType<typeof startRoute53Server>>;
let zones: DnsZones;
let service: WorkflowService;
let store: Store;
const faults = new ActivityFaults();

beforeAll(async () => {
  ({ store } = await createTestStore());
  route53 = await (await startRoute53Server({ Z1: domain })).open();
  zones = createRoute53({ endpoint: route53.url, region: 'us-east-1', accessKeyId: 'AKIDEXAMPLE', secretAccessKey });
  service = await startWorkflowService(() => ({ ...createObjectMakers(store), dns: { domains: [{ domain, zoneId: 'Z1', provider: 'route53' }], zones } }), { faults });
});
afterEach(() => {
  route53.faults.length = 0;
  faults.clear();
});
afterAll(async () => {
  await service.close();
  await route53.close();
  zones.close();
  store.close();
});

/** A cluster that is ready to be installed in the managed domain; its name is its own. */
async function makeReady(): Promise<{ life: ClusterLife; name: string; records: string[] }> {
  const name = `c${randomUUID().slice(0, 8)}`;
  const life = await new ClusterLife(service).register({ name, baseDnsDomain: domain });
  await life.discover();
  return { life, name, records: [`api.${name}.${domain} A 192.168.126.100`, `*.apps.${name}.${domain} A 192.168.126.101`] };
}

const shown = (name: string): string[] => route53.show('Z1').filter((line) => line.includes(`.${name}.`)).sort().reverse();

describe('a cluster in a managed domain', () => {
  it('has its records once it is being installed, keeps them, and loses them when it is deleted', async () => {
    const { life, name, records } = await makeReady();
    expect(shown(name)).toEqual([]);
    await life.install();
    expect(shown(name)).toEqual(records);
    await life.runStages();
    await life.finalize(store);
    expect(shown(name)).toEqual(records);
    expect((await life.explain()).dns.names).toHaveLength(2);
    await life.do({ operation: 'deregister' });
    await expect.poll(() => shown(name), slow).toEqual([]);
    await expect.poll(() => life.eventNames(), slow).toEqual(expect.arrayContaining(['dns_records_created', 'dns_records_removed']));
    const runs = (await verifyHistories(service)).get(life.workflowId) ?? [];
    expect(JSON.stringify(runs)).not.toContain(secretAccessKey);
    if (process.env['RECORD_HISTORIES'] === 'yes') await recordHistories('dns-records', runs);
  });

  it('keeps its records when it is cancelled, and loses them when it is reset', async () => {
    const { life, name, records } = await makeReady();
    await life.install();
    await life.do({ operation: 'cancel' });
    await life.reaches('cancelled');
    expect(shown(name)).toEqual(records);
    await life.do({ operation: 'reset' });
    await expect.poll(() => shown(name), slow).toEqual([]);
    await expect.poll(async () => (await life.explain()).dns.names, slow).toEqual([]);
  });

  it('loses the records of a preparation that its user cancels', async () => {
    const { life, name, records } = await makeReady();
    await life.do({ operation: 'install' });
    await expect.poll(() => shown(name), slow).toEqual(records);
    await expect.poll(() => life.eventNames(), slow).toContain('prepare_succeeded');
    await life.do({ operation: 'cancel' });
    await expect.poll(() => shown(name), slow).toEqual([]);
    await expect.poll(async () => (await life.explain()).dns, slow).toEqual({ names: [], failures: 0, retryAt: null });
  });

  it('is not installed as long as Route 53 is away, and is once it is back', async () => {
    const { life, name, records } = await makeReady();
    route53.faults.push({ times: 4, answer: { status: 503, code: 'ServiceUnavailable', message: 'later' }, of: 'POST' });
    await life.install();
    expect(shown(name)).toEqual(records);
    expect(faults.count('createDnsRecords', life.clusterId)).toBeGreaterThan(1);
    expect((await life.eventNames()).filter((event) => event === 'dns_records_created')).toHaveLength(1);
  });

  it.each([
    ['the answer of Route 53 is lost', () => route53.faults.push({ times: 3, answer: { status: 500, code: 'InternalFailure', message: 'lost' }, after: true, of: 'POST' })],
    ['the worker dies before it tells', () => faults.arm('createDnsRecords', { after: true })],
  ])('has its records once when %s', async (_, fail) => {
    const { life, name, records } = await makeReady();
    fail();
    await life.install();
    expect(shown(name)).toEqual(records);
    expect(faults.count('createDnsRecords', life.clusterId)).toBeGreaterThanOrEqual(2);
    expect((await life.explain()).dns).toMatchObject({ names: [`api.${name}.${domain}`, `*.apps.${name}.${domain}`], retryAt: null });
  });

  it('is ready again, with the reason, when a name is used for something else, which stays as it is', async () => {
    const { life, name } = await makeReady();
    route53.put('Z1', { name: `api.${name}.${domain}.`, type: 'CNAME', ttl: '300', values: ['elsewhere.example.org'] });
    await life.do({ operation: 'install' });
    await expect.poll(async () => (await life.snapshot()).cluster.preparationInfo, slow).toContain(`the DNS records could not be made: the name api.${name}.${domain} is used for something else`);
    await life.reaches('ready');
    expect(shown(name)).toEqual([`api.${name}.${domain} CNAME elsewhere.example.org`]);
    expect((await life.explain()).dns.names).toEqual([]);
    expect(await life.eventNames()).not.toContain('dns_records_removal_failed');
  });

  it('is ready again when Route 53 refuses, and its users do not read whose account it is', async () => {
    const { life } = await makeReady();
    route53.faults.push({ times: 1, answer: denied });
    await life.do({ operation: 'install' });
    await expect.poll(async () => (await life.snapshot()).cluster.preparationInfo, slow).toContain('Route 53 answered AccessDenied');
    expect(JSON.stringify(await life.snapshot())).not.toContain('123456789012');
    await life.reaches('ready');
  });

  it('is reset and deleted though its records cannot be removed; that is told, and done later', async () => {
    const { life, name, records } = await makeReady();
    await life.install();
    route53.faults.push({ times: 1_000, answer: denied, of: 'GET' });
    await life.do({ operation: 'reset' });
    await life.reaches('insufficient');
    await expect.poll(() => life.eventNames(), slow).toContain('dns_records_removal_failed');
    await expect.poll(async () => (await life.explain()).attentionNeeded, slow).toContain('could not be removed');
    expect(shown(name)).toEqual(records);
    await life.do({ operation: 'deregister' });
    route53.faults.length = 0;
    await expect.poll(() => shown(name), slow).toEqual([]);
    await expect.poll(async () => (await life.explain()).attentionNeeded, slow).toBe(null);
  });

  it('is not asked of Route 53 outside managed domains', async () => {
    const life = await new ClusterLife(service).register({ name: `c${randomUUID().slice(0, 8)}`, baseDnsDomain: 'elsewhere.example.org' });
    await life.discover();
    await life.install();
    await life.do({ operation: 'reset' });
    expect([faults.count('createDnsRecords', life.clusterId), faults.count('removeDnsRecords', life.clusterId)]).toEqual([0, 0]);
    await verifyHistories(service);
  });
});

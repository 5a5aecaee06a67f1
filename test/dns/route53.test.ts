import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DnsChange } from '../../src/domain/dns/dns-record';
import { createRoute53, type DnsZones } from '../../src/dns/route53';
import { getPart } from '../support/parts';
import { startRoute53Server } from '../support/route53-server';

const keys = { region: 'us-east-1', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'planted-route53-secret' };
const never = new AbortController().signal;
const upsert = (name: string, ...values: string[]): DnsChange => ({ action: 'UPSERT', record: { name, type: values[0]?.includes(':') ? 'AAAA' : 'A', ttlSeconds: 60, values } });
const remove = ({ record }: DnsChange): DnsChange => ({ action: 'DELETE', record });

describe('calls of Route 53', () => {
  let server: Awaited<ReturnType<typeof startRoute53Server>>;
  let zones: DnsZones;
  beforeAll(async () => {
    server = await (await startRoute53Server({ Z1: 'example.org' })).open();
    zones = createRoute53({ endpoint: server.url, ...keys });
  });
  afterAll(async () => {
    zones.close();
    await server.close();
  });

  it('are those of its interface: a list from a name on, a batch of changes, signed for the region', async () => {
    server.requests.length = 0;
    await zones.changeRecords('Z1', [upsert('*.apps.blue.example.org', '10.0.0.2')], never);
    await zones.listRecords('Z1', '*.apps.blue.example.org', never);
    const asked = server.requests.map(({ method, path }) => [method, new URL(path, server.url)] as const);
    expect(asked.map(([method, { pathname, searchParams }]) => [method, pathname, Object.fromEntries(searchParams)])).toEqual([
      ['POST', '/2013-04-01/hostedzone/Z1/rrset', {}],
      ['GET', '/2013-04-01/hostedzone/Z1/rrset', { name: '*.apps.blue.example.org', maxitems: '50' }],
    ]);
    expect(server.requests[0]?.body).toContain('<ChangeBatch><Changes><Change><Action>UPSERT</Action><ResourceRecordSet><Name>*.apps.blue.example.org</Name><Type>A</Type><TTL>60</TTL>'
      + '<ResourceRecords><ResourceRecord><Value>10.0.0.2</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change></Changes></ChangeBatch>');
    for (const { headers } of server.requests) expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/route53\/aws4_request/);
    expect(JSON.stringify(server.requests)).not.toContain(keys.secretAccessKey);
  });

  it.each([
    [{ status: 403, code: 'AccessDenied', message: 'User: arn:aws:iam::123456789012:user/x is not authorized' }, 'Refused', 'Route 53 answered AccessDenied'],
    [{ status: 404, code: 'NoSuchHostedZone', message: 'No hosted zone found with ID: Z1' }, 'Refused', 'Route 53 answered NoSuchHostedZone'],
    [{ status: 400, code: 'InvalidChangeBatch', message: 'RRSet with DNS name a. is not permitted in zone b.' }, 'Refused', 'Route 53 answered InvalidChangeBatch: RRSet with DNS name a. is not permitted in zone b.'],
    [{ status: 400, code: 'PriorRequestNotComplete', message: 'wait' }, 'Unavailable', 'Route 53 answered PriorRequestNotComplete'],
    [{ status: 400, code: 'Throttling', message: 'Rate exceeded' }, 'Unavailable', 'Route 53 answered Throttling'],
    [{ status: 503, code: 'ServiceUnavailable', message: 'later' }, 'Unavailable', 'Route 53 answered ServiceUnavailable'],
  ])('that fail with %j are told apart, without a word about the account', async (answer, type, message) => {
    server.faults.push({ times: 3, answer });
    await expect(zones.changeRecords('Z1', [upsert('api.blue.example.org', '10.0.0.1')], never)).rejects.toMatchObject({ name: 'DnsError', type, message });
    server.faults.length = 0;
  });

  it('that nobody answers end with their signal', async () => {
    server.faults.push({ times: 1, answer: null });
    const given = new AbortController();
    const call = zones.listRecords('Z1', 'api.blue.example.org', given.signal);
    given.abort(new Error('given up'));
    await expect(call).rejects.toThrow('given up');
    server.faults.length = 0;
  });

  it('that reach nobody are unavailable', async () => {
    const nowhere = createRoute53({ endpoint: 'http://127.0.0.1:1', ...keys });
    await expect(nowhere.listRecords('Z1', 'api.blue.example.org', never)).rejects.toMatchObject({ name: 'DnsError', type: 'Unavailable' });
    nowhere.close();
  });
});

const moto = await getPart('moto');
if ('missing' in moto) process.stderr.write(`moto is not there: that an independent Route 53 takes our calls is NOT tested (${moto.missing})\n`);

describe.skipIf('missing' in moto)('an independent Route 53', () => {
  let zoneId = '';
  let client: Route53Client;
  let zones: DnsZones;
  beforeAll(async () => {
    const endpoint = 'url' in moto ? moto.url : '';
    client = new Route53Client({ endpoint, region: keys.region, credentials: keys });
    const { HostedZone } = await client.send(new CreateHostedZoneCommand({ Name: 'moto.example.org', CallerReference: `test-${process.pid}-${Date.now()}` }));
    zoneId = (HostedZone?.Id ?? '').replace('/hostedzone/', '');
    zones = createRoute53({ endpoint, ...keys });
  });
  afterAll(() => {
    client.destroy();
    zones.close();
  });

  const names = async (): Promise<string[]> => {
    const { ResourceRecordSets = [] } = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }));
    return ResourceRecordSets.filter(({ Type }) => Type === 'A' || Type === 'AAAA').map(({ Name, Type, ResourceRecords = [] }) => `${Name?.replace('\\052', '*')} ${Type} ${ResourceRecords.map(({ Value }) => Value).join()}`).sort();
  };

  it('makes, changes, finds and removes records, wildcards and both versions of addresses', async () => {
    const api = upsert('api.blue.moto.example.org', '10.0.0.1');
    const apps = upsert('*.apps.blue.moto.example.org', '10.0.0.2');
    await zones.changeRecords(zoneId, [api, apps], never);
    await zones.changeRecords(zoneId, [api, apps], never);
    expect(await names()).toEqual(['*.apps.blue.moto.example.org. A 10.0.0.2', 'api.blue.moto.example.org. A 10.0.0.1']);
    expect(await zones.listRecords(zoneId, '*.apps.blue.moto.example.org', never)).toEqual([apps.record]);
    expect(await zones.listRecords(zoneId, 'api.blue.moto.example.org', never)).toEqual([api.record]);
    expect(await zones.listRecords(zoneId, 'api-int.blue.moto.example.org', never)).toEqual([]);
    const moved = upsert('api.blue.moto.example.org', '10.0.0.9');
    await zones.changeRecords(zoneId, [moved, upsert('api.six.moto.example.org', 'fd00::9')], never);
    expect(await zones.listRecords(zoneId, 'api.blue.moto.example.org', never)).toEqual([moved.record]);
    await zones.changeRecords(zoneId, [moved, apps, upsert('api.six.moto.example.org', 'fd00::9')].map(remove), never);
    expect(await names()).toEqual([]);
  });

  it('refuses what is not there', async () => {
    await expect(zones.changeRecords(zoneId, [remove(upsert('api.gone.moto.example.org', '10.0.0.1'))], never)).rejects.toMatchObject({ type: 'Refused' });
    await expect(zones.listRecords('ZNONE', 'api.blue.moto.example.org', never)).rejects.toMatchObject({ type: 'Refused' });
  });

  it('finds foreign records of every kind under a name', async () => {
    const Changes = [
      { Action: 'UPSERT' as const, ResourceRecordSet: { Name: 'api.red.moto.example.org', Type: 'CNAME' as const, TTL: 300, ResourceRecords: [{ Value: 'elsewhere.org' }] } },
      { Action: 'UPSERT' as const, ResourceRecordSet: { Name: 'api-int.red.moto.example.org', Type: 'TXT' as const, TTL: 300, ResourceRecords: [{ Value: '"text"' }] } },
    ];
    await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch: { Changes } }));
    expect(await zones.listRecords(zoneId, 'api.red.moto.example.org', never)).toMatchObject([{ type: 'CNAME', values: ['elsewhere.org'] }]);
    expect(await zones.listRecords(zoneId, 'api-int.red.moto.example.org', never)).toMatchObject([{ type: 'TXT' }]);
  });
});

import { describe, expect, it } from 'vitest';
import type { DnsRecord, FoundRecord } from '../../../src/domain/dns/dns-record';
import { findDnsChanges, joinDnsRecords } from '../../../src/domain/dns/find-dns-changes';

const wish = (name: string, address: string): DnsRecord => ({ zoneId: 'Z1', name, type: address.includes(':') ? 'AAAA' : 'A', address });
const there = (name: string, type: string, ...values: string[]): FoundRecord => ({ name, type, ttlSeconds: 60, values });
const upsert = (record: FoundRecord) => ({ action: 'UPSERT', record });
const remove = (record: FoundRecord) => ({ action: 'DELETE', record });

describe('the changes of a zone', () => {
  it('make what is missing, and nothing that is there', () => {
    const wanted = [wish('api.x.org', '10.0.0.1'), wish('*.apps.x.org', '10.0.0.2')];
    expect(findDnsChanges({ wanted, own: [], found: [there('api.x.org', 'A', '10.0.0.1')] })).toEqual({ changes: [upsert(there('*.apps.x.org', 'A', '10.0.0.2'))] });
    expect(findDnsChanges({ wanted, own: wanted, found: [there('api.x.org', 'A', '10.0.0.1'), there('*.apps.x.org', 'A', '10.0.0.2')] })).toEqual({ changes: [] });
  });

  it('replace the cluster\'s own records by its new ones', () => {
    expect(findDnsChanges({ wanted: [wish('api.x.org', '10.0.0.9')], own: [wish('api.x.org', '10.0.0.1'), wish('api.old.org', '10.0.0.1')], found: [there('api.x.org', 'A', '10.0.0.1'), there('api.old.org', 'A', '10.0.0.1')] }))
      .toEqual({ changes: [remove(there('api.old.org', 'A', '10.0.0.1')), upsert(there('api.x.org', 'A', '10.0.0.9'))] });
    expect(findDnsChanges({ wanted: [wish('api.x.org', 'fd00::1')], own: [wish('api.x.org', '10.0.0.1')], found: [there('api.x.org', 'A', '10.0.0.1')] }))
      .toEqual({ changes: [remove(there('api.x.org', 'A', '10.0.0.1')), upsert(there('api.x.org', 'AAAA', 'fd00::1'))] });
  });

  it.each([
    ['another address', there('api.x.org', 'A', '10.0.0.7')],
    ['several addresses', there('api.x.org', 'A', '10.0.0.1', '10.0.0.7')],
    ['another name', there('api.x.org', 'CNAME', 'elsewhere.org')],
    ['an address of the other version', there('api.x.org', 'AAAA', 'fd00::7')],
    ['something of the provider\'s own', there('api.x.org', 'A')],
  ])('are none where a name leads to %s', (_, foreign) => {
    expect(findDnsChanges({ wanted: [wish('api.x.org', '10.0.0.1'), wish('*.apps.x.org', '10.0.0.1')], own: [], found: [foreign] })).toEqual({ conflict: 'api.x.org' });
  });

  it('leave records alone that are no addresses', () => {
    expect(findDnsChanges({ wanted: [wish('api.x.org', '10.0.0.1')], own: [], found: [there('api.x.org', 'TXT', '"text"')] })).toEqual({ changes: [upsert(there('api.x.org', 'A', '10.0.0.1'))] });
  });

  it('remove exactly what was the cluster\'s, as it is found', () => {
    const found = [{ ...there('api.x.org', 'A', '10.0.0.1'), ttlSeconds: 300 }, there('*.apps.x.org', 'A', '10.0.0.7'), there('api.x.org', 'TXT', '"text"')];
    expect(findDnsChanges({ wanted: [], own: [wish('api.x.org', '10.0.0.1'), wish('*.apps.x.org', '10.0.0.2'), wish('api-int.x.org', '10.0.0.1')], found }))
      .toEqual({ changes: [remove({ ...there('api.x.org', 'A', '10.0.0.1'), ttlSeconds: 300 })] });
  });
});

describe('two lists of records', () => {
  it('become one without doubles', () => {
    const [a, b, c] = [wish('a.org', '10.0.0.1'), wish('b.org', '10.0.0.1'), wish('a.org', '10.0.0.2')];
    expect(joinDnsRecords([a, b], [{ ...b }, c])).toEqual([a, b, c]);
  });
});

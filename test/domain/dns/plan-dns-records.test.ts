import { describe, expect, it } from 'vitest';
import { createClusterSnapshot } from '../../../src/domain/cluster/create';
import type { Cluster, ClusterSnapshot } from '../../../src/domain/cluster/model';
import { planDnsRecords } from '../../../src/domain/dns/plan-dns-records';
import { createHost } from '../../../src/domain/host/create-host';
import { domainSettings } from '../../support/domain-settings';
import { makeInventory } from '../../support/machines';
import { registerIntent } from '../../support/register-intent';

const now = new Date('2026-03-01T12:00:00Z');
const domains = [{ domain: 'example.com', zoneId: 'Z1', provider: 'route53' as const }];

function snapshotOf(changes: Partial<Cluster> = {}): ClusterSnapshot {
  const { snapshot } = createClusterSnapshot(registerIntent(), { clusterId: '5f1d3a30-0f4e-4b5c-8f1c-52d6a1d3f000' }, true, now, domainSettings());
  const host = createHost(snapshot, '5f1d3a30-0f4e-4b5c-8f1c-52d6a1d3f001', 'v1', now);
  const cluster = { ...snapshot.cluster, name: 'blue', baseDnsDomain: 'example.com', machineNetworkCidr: '192.168.126.0/24', ...changes };
  return { ...snapshot, cluster, hosts: [{ ...host, bootstrap: true, facts: { ...host.facts, inventory: makeInventory(0) } }] };
}

const record = (name: string, address: string) => ({ zoneId: 'Z1', name, type: address.includes(':') ? 'AAAA' : 'A', address });

describe('the DNS records of a cluster', () => {
  it('lead to its virtual addresses', () => {
    expect(planDnsRecords(snapshotOf({ apiVip: '192.168.126.100', ingressVip: '192.168.126.101' }), domains)).toEqual([
      record('api.blue.example.com', '192.168.126.100'), record('*.apps.blue.example.com', '192.168.126.101'),
    ]);
  });

  it('are of type AAAA for addresses of the sixth version', () => {
    expect(planDnsRecords(snapshotOf({ apiVip: 'fd00::1', ingressVip: 'fd00::2' }), domains).map(({ type }) => type)).toEqual(['AAAA', 'AAAA']);
  });

  it('of a single node lead to its host, under the name inside the cluster too', () => {
    const [address = ''] = makeInventory(0).interfaces?.[0]?.ipv4_addresses ?? [];
    const bare = address.split('/')[0] ?? '';
    expect(bare).toMatch(/^192\.168\.126\./);
    expect(planDnsRecords(snapshotOf({ highAvailabilityMode: 'None', userManagedNetworking: true }), domains)).toEqual([
      record('api.blue.example.com', bare), record('api-int.blue.example.com', bare), record('*.apps.blue.example.com', bare),
    ]);
  });

  it('are none without addresses, outside managed domains, below one, and for hosts that are added', () => {
    expect(planDnsRecords(snapshotOf({ userManagedNetworking: true, apiVip: '', ingressVip: '' }), domains)).toEqual([]);
    const vips = { apiVip: '192.168.126.100', ingressVip: '192.168.126.101' };
    expect(planDnsRecords(snapshotOf({ ...vips, baseDnsDomain: 'other.com' }), domains)).toEqual([]);
    expect(planDnsRecords(snapshotOf({ ...vips, baseDnsDomain: 'sub.example.com' }), domains)).toEqual([]);
    expect(planDnsRecords(snapshotOf({ ...vips, kind: 'AddHostsCluster' }), domains)).toEqual([]);
  });
});

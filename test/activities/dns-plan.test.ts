import { describe, expect, it } from 'vitest';
import { toRefreshResult } from '../../activities/refresh-result';
import { restoreCarriedState } from '../../activities/restore-carried-state';
import { createClusterSnapshot } from '../../src/domain/cluster/create';
import type { Duty } from '../../src/domain/cluster/evaluation';
import type { Cluster } from '../../src/domain/cluster/model';
import { databaseDeps } from '../support/activity-deps';
import { domainSettings } from '../support/domain-settings';
import { registerIntent } from '../support/register-intent';

const day = 86_400_000;
const now = new Date('2026-03-01T12:00:00Z');
const domains = [{ domain: 'managed.example.org', zoneId: 'Z1', provider: 'route53' as const }];
const nobody = () => Promise.reject(new Error('nobody asks here'));
const deps = databaseDeps({} as never, { dns: { domains, zones: { listRecords: nobody, changeRecords: nobody } } });

function snapshotOf(changes: Partial<Cluster>) {
  const { snapshot } = createClusterSnapshot(registerIntent(), { clusterId: '5f1d3a30-0f4e-4b5c-8f1c-52d6a1d3f000' }, true, now, domainSettings());
  return { ...snapshot, cluster: { ...snapshot.cluster, name: 'blue', baseDnsDomain: 'managed.example.org', apiVip: '10.0.0.1', ingressVip: '10.0.0.2', ...changes } };
}

function resultOf(changes: Partial<Cluster>, { duties = [], deregisteredAt = null }: { duties?: Duty[]; deregisteredAt?: Date | null }) {
  const snapshot = snapshotOf(changes);
  const evaluation = { snapshot, events: [], deadline: null, wanted: { released: false, displayName: '', externalClusterId: '', consoleUrl: '', status: 'Reserved' as const }, duties };
  const { dnsRecords, keepsDnsRecords } = toRefreshResult(deps, { snapshot, intents: {}, evaluation, revision: 1, appliedVersion: 1, deregisteredAt, firstRemovalAt: null, pullSecretHash: '' });
  return { names: dnsRecords?.map(({ name }) => name), keepsDnsRecords };
}

describe('what the workflow is told of DNS records', () => {
  it('is the plan, as long as the installation is to be prepared', () => {
    expect(resultOf({ status: 'preparing-for-installation' }, { duties: ['prepare'] }).names).toEqual(['api.blue.managed.example.org', '*.apps.blue.managed.example.org']);
    expect(resultOf({ status: 'installing' }, {}).names).toBeUndefined();
    expect(resultOf({ baseDnsDomain: 'elsewhere.org' }, { duties: ['prepare'] }).names).toBeUndefined();
  });

  it('is to keep them when an installed cluster was forgotten, not when its user deletes it, nor for one that is not installed', () => {
    const forgotten = { activeAt: new Date(now.getTime() - 21 * day) };
    expect(resultOf({ status: 'installed', ...forgotten }, { deregisteredAt: now }).keepsDnsRecords).toBe(true);
    expect(resultOf({ status: 'installed', activeAt: now }, { deregisteredAt: now }).keepsDnsRecords).toBeUndefined();
    expect(resultOf({ status: 'error', ...forgotten }, { deregisteredAt: now }).keepsDnsRecords).toBeUndefined();
  });

  it('is found in the rows where the workflow was lost', () => {
    const restored = (status: Cluster['status']) => {
      const loaded = { snapshot: snapshotOf({ status }), versions: { revision: 1, appliedVersion: 1, refreshId: '1' } } as unknown as Parameters<typeof restoreCarriedState>[0];
      return restoreCarriedState(loaded, domains).dns.records.length;
    };
    expect([restored('installed'), restored('cancelled'), restored('ready')]).toEqual([2, 2, 0]);
  });
});

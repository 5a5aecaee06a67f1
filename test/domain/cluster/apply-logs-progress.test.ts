import { describe, expect, it } from 'vitest';
import { applyFact } from '../../../src/domain/cluster/apply-fact';
import type { ClusterFact } from '../../../src/domain/cluster/facts';
import { hostIdOf, makeHosts, makeSnapshot, now } from '../validations/fixtures';
import { domainSettings } from '../../support/domain-settings';

const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const apply = (facts: ClusterFact[]) =>
  facts.reduce((snapshot, fact, index) => applyFact(snapshot, { seq: index + 1, at: later(index + 1), fact }, domainSettings()).snapshot, makeSnapshot(makeHosts(2)));

describe('the progress of a collection of logs', () => {
  it('of a host stamps the request and each archive, and touches no other host', () => {
    const hostId = hostIdOf(1);
    const { hosts: [first, second] } = apply([
      { kind: 'hostLogsProgress', hostId, state: 'requested', uploaded: false },
      { kind: 'hostLogsProgress', hostId, state: 'collecting', uploaded: true },
      { kind: 'hostLogsProgress', hostId, state: 'completed', uploaded: false },
    ]);
    expect(first).toMatchObject({ logsInfo: 'completed', logsStartedAt: later(1), logsCollectedAt: later(2) });
    expect(second).toMatchObject({ logsInfo: '', logsStartedAt: null, logsCollectedAt: null });
  });

  it('of the controller does so at the cluster', () => {
    const { cluster, hosts } = apply([
      { kind: 'controllerLogsProgress', state: 'collecting', uploaded: true },
      { kind: 'controllerLogsProgress', state: 'requested', uploaded: false },
      { kind: 'controllerLogsProgress', state: 'collecting', uploaded: true },
    ]);
    expect(cluster).toMatchObject({ logsInfo: 'collecting', controllerLogsStartedAt: later(2), controllerLogsCollectedAt: later(3) });
    expect(hosts.every((host) => host.logsInfo === '')).toBe(true);
  });

  it('of a host that is gone changes nothing', () => {
    expect(apply([{ kind: 'hostLogsProgress', hostId: hostIdOf(9), state: 'requested', uploaded: false }]).hosts).toEqual(makeSnapshot(makeHosts(2)).hosts);
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../src/domain/cluster/evaluation';
import { toRefreshResult } from '../../activities/refresh-result';
import { createClusterSnapshot } from '../../src/domain/cluster/create';
import { createHost } from '../../src/domain/host/create-host';
import { ClusterManager } from '../../workflows/cluster/manager';
import { databaseDeps } from '../support/activity-deps';
import { domainSettings } from '../support/domain-settings';
import { registerIntent } from '../support/register-intent';

const now = new Date('2026-03-01T12:00:00Z');

/** The carried state of a cluster all of whose hosts are in the states with the longest names. */
function stateOf(hostCount: number, hostname: (index: number) => string): string {
  const clusterId = randomUUID();
  const { snapshot } = createClusterSnapshot(registerIntent(), { clusterId }, true, now, domainSettings());
  const hosts = Array.from({ length: hostCount }, (_, index) => ({
    ...createHost(snapshot, randomUUID(), 'v1', now),
    requestedHostname: hostname(index),
    role: 'auto-assign' as const,
    status: 'resetting-pending-user-action' as const,
    stage: 'Waiting for control plane' as const,
  }));
  const deps = databaseDeps({} as never);
  const evaluation: Evaluation | null = null;
  const result = toRefreshResult(deps, { snapshot: { ...snapshot, hosts }, intents: {}, evaluation, revision: 1, appliedVersion: 1, deregisteredAt: null, firstRemovalAt: null, pullSecretHash: '' });
  const manager = new ClusterManager({ clusterId });
  manager.adopt({ clusterId, refreshId: '1', revision: 0, now: now.getTime(), intents: [], refusals: [], outcomes: [] }, result);
  expect(manager.state.hosts).toHaveLength(hostCount);
  return JSON.stringify({ clusterId, state: manager.state });
}

describe('the state that a new run starts with', () => {
  it('has at most 200 bytes a host with an ordinary name', () => {
    const name = (index: number): string => `worker-${index}.example.com`;
    const perHost = (stateOf(250, name).length - stateOf(0, name).length) / 250;
    expect(perHost).toBeLessThanOrEqual(200);
  });

  it('is under 64 KB for 250 hosts, even with the longest names', () => {
    expect(stateOf(250, (index) => `${index}-`.padEnd(63, 'x')).length).toBeLessThan(64 * 1024);
  });
});

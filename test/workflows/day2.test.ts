import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertIntent } from '../../src/db/intents';
import { loadSnapshot } from '../../src/db/load-snapshot';
import type { ClusterIntent } from '../../src/domain/cluster/intents';
import { IgnitionError } from '../../src/domain/ignition/ignition-error';
import { registerHost } from '../../src/services/hosts/register-host';
import { reportStep } from '../../src/services/hosts/report-step';
import { RefusedError } from '../../src/temporal/errors';
import { clusterWorkflowId } from '../../workflows/cluster/contract';
import { makeInventory } from '../domain/cluster/story';
import { replayHistory } from '../support/replay-history';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
/** Host ids in the order their ignitions were stored. */
const stored: string[] = [];
/** Hosts whose ignition cannot be made. */
const broken = new Set<string>();
const erased: string[] = [];

beforeAll(async () => {
  service = await startWorkflowService(() => ({
    images: { build: () => Promise.resolve({ sizeBytes: 1 }), find: () => Promise.resolve(undefined), remove: () => Promise.resolve() },
    artefacts: {
      make: () => Promise.reject(new Error('not part of this test')),
      storeDay2Ignition: async (_snapshot, host) => {
        if (broken.has(host.id)) throw new IgnitionError('the override is wrong');
        stored.push(host.id);
      },
      removeInstallation: () => Promise.resolve(),
      removeAll: async (clusterId) => void erased.push(clusterId),
    },
  }));
});
afterAll(() => service.close());

async function send(clusterId: string, body: ClusterIntent): Promise<void> {
  const id = randomUUID();
  await insertIntent(service.database.db, { id, clusterId, requestId: id, userName: 'user', body, at: new Date() });
  const message = { requestId: id, intentId: id };
  if (body.operation === 'registerAddHosts') await service.messenger.register(clusterId, message, { name: body.name, baseDnsDomain: '' }, body.operation);
  else if (body.operation !== 'register') await service.messenger.update(clusterId, body.operation, message);
}

const register = (clusterId: string) =>
  send(clusterId, { operation: 'registerAddHosts', name: 'running', userName: 'user', orgId: '1', emailDomain: 'example.com', openshiftVersion: '4.8.14', apiVipDnsName: 'api.example.com' });

const hostsOf = async (clusterId: string) => (await loadSnapshot(service.database.db, clusterId))?.snapshot.hosts ?? [];
const statusOf = async (clusterId: string, hostId: string) => (await hostsOf(clusterId)).find((host) => host.id === hostId)?.status;

async function discover(clusterId: string, index: number): Promise<string> {
  const hostId = randomUUID();
  const deps = { ...service.deps, messenger: service.messenger };
  await registerHost(deps, clusterId, { hostId, discoveryAgentVersion: 'v1' });
  const report = (stepType: 'inventory' | 'api-vip-connectivity-check' | 'connectivity-check', output: object) =>
    reportStep(deps, clusterId, hostId, { stepType, stepId: stepType, exitCode: 0, output: JSON.stringify(output), error: '' });
  await report('inventory', makeInventory(index, new Date()));
  await report('api-vip-connectivity-check', { is_success: true });
  await report('connectivity-check', { remote_hosts: [] });
  await expect.poll(() => statusOf(clusterId, hostId)).toBe('known');
  return hostId;
}

describe('the workflow of a cluster that takes hosts', () => {
  it('stores the ignitions of hosts before it installs them, and its history replays', async () => {
    const clusterId = randomUUID();
    await register(clusterId);
    const [one, two, three] = [await discover(clusterId, 1), await discover(clusterId, 2), await discover(clusterId, 3)];
    await send(clusterId, { operation: 'installHost', hostId: one });
    expect(stored).toContain(one);
    expect(await statusOf(clusterId, one)).toBe('installing');
    broken.add(two);
    await expect(send(clusterId, { operation: 'installHost', hostId: two })).rejects.toSatisfy(
      (error) => error instanceof RefusedError && error.refusal.type === 'Conflict' && error.refusal.reason.includes('the override is wrong'),
    );
    await send(clusterId, { operation: 'installHosts' });
    expect(await Promise.all([one, two, three].map((hostId) => statusOf(clusterId, hostId)))).toEqual(['installing', 'known', 'installing']);
    await send(clusterId, { operation: 'deregisterHost', hostId: two });
    expect((await hostsOf(clusterId)).map((host) => host.id).sort()).toEqual([one, three].sort());
    await replayHistory(service.environment, clusterWorkflowId(clusterId));
  });

  it('erases a deregistered cluster at once, whose id can be used again', async () => {
    const clusterId = randomUUID();
    await register(clusterId);
    await expect(service.messenger.erase(clusterId)).rejects.toSatisfy((error) => error instanceof RefusedError && error.refusal.type === 'Conflict');
    await expect(register(clusterId)).rejects.toSatisfy((error) => error instanceof RefusedError && error.refusal.type === 'Invalid');
    await send(clusterId, { operation: 'deregister' });
    await service.messenger.erase(clusterId);
    expect(await loadSnapshot(service.database.db, clusterId)).toBeUndefined();
    expect(erased).toContain(clusterId);
    await register(clusterId);
    expect(await loadSnapshot(service.database.db, clusterId)).toMatchObject({ row: { deletedAt: null }, snapshot: { cluster: { status: 'adding-hosts' } } });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestAmsClient } from '../support/test-ams-client';
import { registerHost } from '../../src/services/hosts/register-host';
import { randomUUID } from 'node:crypto';
import { startTestStandin, type TestStandin } from '../ams-standin/test-standin';
import { ClusterLife } from '../support/cluster-life';
import { fetchRunHistories } from '../support/run-histories';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
let ams: TestStandin;
const slow = { timeout: 30_000, interval: 50 };

beforeAll(async () => {
  ams = await startTestStandin();
  const subscriptions = createTestAmsClient(ams, 5_000);
  service = await startWorkflowService(() => ({ subscriptions }));
});
afterAll(async () => {
  await service.close();
  await ams.close();
});

describe('concurrent messages', () => {
  it('twenty updates, ten hosts and signals beside pushes to AMS are each applied once; every run replays', async () => {
    const life = await new ClusterLife(service).register();
    await ams.arm({ match: { method: 'PATCH' }, delay_ms: 100, times: 5 });
    await ams.arm({ match: { method: 'PATCH' }, status: 503, times: 1 });
    const agents = { ...service.deps, messenger: service.messenger };
    await Promise.all([
      ...Array.from({ length: 20 }, (_, n) => life.do({ operation: 'updateCluster', name: `name-${n}` })),
      ...Array.from({ length: 10 }, () => registerHost(agents, life.clusterId, { hostId: randomUUID(), discoveryAgentVersion: 'v1' })),
      ...Array.from({ length: 20 }, () => service.messenger.signal(life.clusterId, 'factsChanged', { what: 'test' })),
    ]);
    await life.settled();
    expect((await life.explain()).hosts).toHaveLength(10);
    expect((await life.eventNames()).filter((name) => name === 'host_registered')).toHaveLength(10);
    const { name } = (await life.snapshot()).cluster;
    await expect.poll(async () => (await life.explain()).subscription, slow).toMatchObject({ applied: 'Reserved', failures: 0, retryAt: null });
    expect((await life.explain()).name).toBe(name);
    await verifyHistories(service);
  });

  it('updates that meet the beginning of a new run are applied all the same', async () => {
    const lives = await Promise.all(Array.from({ length: 6 }, () => new ClusterLife(service).register()));
    // A new run begins when the registration is done and nothing is under way: about now, so before, during or after these.
    await Promise.all(lives.flatMap((life) => [1, 2, 3].map((n) => life.do({ operation: 'updateCluster', additionalNtpSource: `10.0.0.${n}` }))));
    for (const life of lives) {
      expect((await life.snapshot()).cluster.additionalNtpSource).toMatch(/^10\.0\.0\./);
      await expect.poll(async () => (await fetchRunHistories(service.environment.client, life.workflowId)).length, slow).toBeGreaterThan(1);
    }
    await verifyHistories(service);
  });
});

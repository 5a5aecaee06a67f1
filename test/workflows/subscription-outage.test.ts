import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestAmsClient } from '../support/test-ams-client';
import type { Store } from '../../src/store/store';
import { accountsPath, startTestStandin, type TestStandin } from '../ams-standin/test-standin';
import { createTestStore } from '../store/create-test-store';
import { ClusterLife } from '../support/cluster-life';
import { createObjectMakers } from '../support/object-makers';
import { countEvents, fetchRunHistories } from '../support/run-histories';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
let store: Store;
let ams: TestStandin;
const minute = 60_000;

beforeAll(async () => {
  ({ store } = await createTestStore());
  ams = await startTestStandin();
  const subscriptions = createTestAmsClient(ams, 1_000);
  service = await startWorkflowService(() => ({ ...createObjectMakers(store), subscriptions }), { timeSkipping: true });
});
afterAll(async () => {
  await service.close();
  await ams.close();
  store.close();
});

describe('AMS that is away for an hour', () => {
  it('holds no installation up, costs few events, and learns of everything in the end', async () => {
    await ams.arm({ match: { path: 'accounts_mgmt' }, status: 503, times: 1_000_000 });
    const installed = await (await new ClusterLife(service).register()).discover();
    await installed.do({ operation: 'updateCluster', name: 'renamed-meanwhile' });
    await installed.install();
    await installed.runStages();
    await installed.finalize(store);
    const gone = await new ClusterLife(service).register();
    await gone.do({ operation: 'deregister' });
    const before = countEvents(await fetchRunHistories(service.environment.client, installed.workflowId));
    await service.environment.sleep(60 * minute);
    const cost = countEvents(await fetchRunHistories(service.environment.client, installed.workflowId)) - before;
    process.stdout.write(`an hour without AMS: ${cost} events\n`);
    await fetch(`${ams.url}/faults`, { method: 'DELETE' });
    await service.environment.sleep(11 * minute);
    await expect.poll(async () => (await installed.explain()).subscription).toMatchObject({ applied: 'Active', failures: 0, retryAt: null });
    await expect.poll(async () => (await gone.explain()).subscription.applied).toBe('released');
    const response = await ams.call(await ams.serviceToken(), 'GET', `${accountsPath}/subscriptions`);
    expect(await response.json()).toMatchObject({ total: 1, items: [{ cluster_id: installed.clusterId, status: 'Active', display_name: 'renamed-meanwhile' }] });
    await verifyHistories(service);
  }, 120_000);
});

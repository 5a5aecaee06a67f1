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
const slow = { timeout: 120_000, interval: 100 };
/** A larger number is for a quiet hour: `OUTAGE_CLUSTERS=50 npx vitest run test/workflows/subscription-outage.test.ts`. */
const clusterCount = Number(process.env['OUTAGE_CLUSTERS'] ?? '3');

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

async function install(index: number): Promise<ClusterLife> {
  const life = await (await new ClusterLife(service).register()).discover();
  await life.insist({ operation: 'updateCluster', name: `renamed-${index}` });
  await life.install();
  await life.runStages();
  await life.finalize(store);
  expect((await life.snapshot()).cluster.status).toBe('installed');
  return life;
}

async function deleteAtOnce(): Promise<ClusterLife> {
  const life = await new ClusterLife(service).register();
  await life.insist({ operation: 'deregister' });
  return life;
}

describe('AMS that is away for an hour', () => {
  it(`holds up none of ${clusterCount} installations, costs few events, and learns of everything in the end`, async () => {
    await ams.arm({ match: { path: 'accounts_mgmt' }, status: 503, times: 1_000_000 });
    const indices = Array.from({ length: clusterCount }, (_, index) => index);
    const [installed, deleted] = await Promise.all([Promise.all(indices.map(install)), Promise.all(indices.map(deleteAtOnce))]);
    const eventsOf = async ({ workflowId }: ClusterLife): Promise<number> => countEvents(await fetchRunHistories(service.environment.client, workflowId));
    const before = await Promise.all(installed.map(eventsOf));
    await service.environment.sleep(60 * minute);
    const after = await Promise.all(installed.map(eventsOf));
    process.stdout.write(`an hour without AMS: at most ${Math.max(...after.map((events, index) => events - (before[index] ?? 0)))} events of a cluster\n`);
    await fetch(`${ams.url}/faults`, { method: 'DELETE' });
    await service.environment.sleep(11 * minute);
    for (const life of installed) {
      await expect.poll(async () => (await life.explain()).subscription, slow).toMatchObject({ applied: 'Active', failures: 0, retryAt: null });
    }
    for (const life of deleted) await expect.poll(async () => (await life.explain()).subscription.applied, slow).toBe('released');
    const response = await ams.call(await ams.serviceToken(), 'GET', `${accountsPath}/subscriptions?size=1000`);
    const { items } = (await response.json()) as { items: { cluster_id: string; status: string; display_name: string }[] };
    const shown = items.map(({ cluster_id, status, display_name }) => `${display_name} ${status} ${cluster_id}`).sort();
    expect(shown).toEqual(installed.map(({ clusterId }, index) => `renamed-${index} Active ${clusterId}`).sort());
    await verifyHistories(service);
  }, 600_000);
});

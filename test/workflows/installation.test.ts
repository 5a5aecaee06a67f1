import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestAmsClient } from '../support/test-ams-client';
import type { Store } from '../../src/store/store';
import { startTestStandin, type TestStandin } from '../ams-standin/test-standin';
import { recordHistories } from '../replay/record';
import { createTestStore } from '../store/create-test-store';
import { ClusterLife } from '../support/cluster-life';
import { createObjectMakers } from '../support/object-makers';
import { countEvents } from '../support/run-histories';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
let store: Store;
let ams: TestStandin;

beforeAll(async () => {
  ({ store } = await createTestStore());
  ams = await startTestStandin();
  const subscriptions = createTestAmsClient(ams, 5_000);
  service = await startWorkflowService(() => ({ ...createObjectMakers(store), subscriptions }));
});
afterAll(async () => {
  await service.close();
  await ams.close();
  store.close();
});

describe('an installation', () => {
  it('goes from registration to installed within the history budget, and every run replays', async () => {
    const life = await new ClusterLife(service).register();
    await life.discover();
    await life.install();
    await life.runStages();
    await life.finalize(store);
    await expect.poll(async () => (await life.explain()).subscription).toMatchObject({ wanted: 'Active', applied: 'Active' });
    expect((await life.snapshot()).hosts.map((host) => host.status)).toEqual(['installed', 'installed', 'installed']);
    const runs = (await verifyHistories(service)).get(life.workflowId) ?? [];
    const events = countEvents(runs);
    process.stdout.write(`history of an installation: ${events} events in ${runs.length} runs (${runs.map((run) => run.events?.length).join(' + ')})\n`);
    expect(events).toBeLessThanOrEqual(400);
    if (process.env['RECORD_HISTORIES'] === 'yes') await recordHistories('installation', runs);
  });
});

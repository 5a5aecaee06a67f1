import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refreshCluster } from '../../../activities/refresh-cluster';
import type { DatabaseConnection } from '../../../src/db/client';
import { insertIntent } from '../../../src/db/intents';
import { readSnapshot } from '../../../src/db/read-snapshot';
import { lockCluster } from '../../../src/db/record-facts';
import { registerHost } from '../../../src/services/hosts/register-host';
import { reportStep } from '../../../src/services/hosts/report-step';
import { databaseDeps } from '../../support/activity-deps';
import { makeInventory } from '../../support/machines';
import { registerIntent } from '../../support/register-intent';
import { openTestDatabase } from '../../support/test-database';

let database: DatabaseConnection;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it('a reply that only says again what is known does not wait for the cluster\'s lock; news does, and is stored once', async () => {
  const deps = databaseDeps(database);
  const signals: object[] = [];
  const agentDeps = { ...deps, messenger: { signal: (_id: string, _signal: string, payload: object) => Promise.resolve(void signals.push(payload)) } };
  const [clusterId, intentId, hostId] = [randomUUID(), randomUUID(), randomUUID()];
  await insertIntent(database.db, { id: intentId, clusterId, requestId: intentId, userName: 'user', body: registerIntent(), secret: deps.secretBox.seal('{}'), at: new Date() });
  const { revision } = await refreshCluster(deps, { clusterId, refreshId: '1', revision: 0, now: Date.now(), intents: [intentId], refusals: [], outcomes: [] });
  await registerHost(agentDeps, clusterId, { hostId, discoveryAgentVersion: 'v1' });
  const post = (hostname: string, timestamp: number): Promise<void> =>
    reportStep(agentDeps, clusterId, hostId, { stepType: 'inventory', stepId: 'inventory-0', exitCode: 0, output: JSON.stringify({ ...makeInventory(1), hostname, timestamp }), error: '' });
  await post('first', 1);
  await refreshCluster(deps, { clusterId, refreshId: '2', revision, now: Date.now(), intents: [], refusals: [], outcomes: [] });
  signals.length = 0;

  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let lock: Promise<void> | undefined;
  await new Promise<void>((held) => {
    lock = database.db.transaction(async (tx) => {
      await lockCluster(tx, clusterId);
      held();
      await released;
    });
  });
  await post('first', 2);
  expect(signals).toEqual([]);
  let isStored = false;
  const news = post('second', 3).then(() => (isStored = true));
  await post('first', 4);
  expect(isStored).toBe(false);
  release();
  await Promise.all([lock, news]);
  expect(signals).toEqual([{ hostId, stepType: 'inventory' }]);
  expect((await readSnapshot(database.db, clusterId))?.snapshot.hosts[0]?.facts.inventory?.hostname).toBe('second');
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refreshCluster } from '../../activities/refresh-cluster';
import { connectDatabase, type DatabaseConnection } from '../../src/db/client';
import { insertHost } from '../../src/db/insert-host';
import { insertIntent } from '../../src/db/intents';
import { loadSnapshot } from '../../src/db/load-snapshot';
import { readSnapshot } from '../../src/db/read-snapshot';
import { saveHostFacts } from '../../src/db/save-host-facts';
import { createHost } from '../../src/domain/host/create-host';
import { databaseDeps } from '../support/activity-deps';
import { makeInventory } from '../support/machines';
import { registerIntent } from '../support/register-intent';
import { openTestDatabase } from '../support/test-database';
import { testColumnKey } from '../support/column-key';

let database: DatabaseConnection;
const now = new Date('2026-11-01T12:00:00Z');

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function newCluster(hostCount: number): Promise<{ clusterId: string; hostIds: string[] }> {
  const deps = databaseDeps(database);
  const [clusterId, id] = [randomUUID(), randomUUID()];
  await insertIntent(database.db, { id, clusterId, requestId: id, userName: 'user', body: registerIntent(), secret: deps.secretBox.seal('{}'), at: now });
  await refreshCluster(deps, { clusterId, refreshId: '1', revision: 0, now: now.getTime(), intents: [id], refusals: [], outcomes: [] });
  const loaded = await loadSnapshot(database.db, clusterId);
  if (!loaded) throw new Error('the cluster is not there');
  const hosts = Array.from({ length: hostCount }, () => createHost(loaded.snapshot, randomUUID(), 'v1', now));
  for (const [index, host] of hosts.entries()) {
    await insertHost(database.db, host, now);
    await saveHostFacts(database.db, host, { inventory: makeInventory(index) }, { stepType: 'inventory', hash: 'hash' }, now);
  }
  return { clusterId, hostIds: hosts.map(({ id: hostId }) => hostId) };
}

it('many readers at once get each what he alone would get: his cluster, the hosts he asked for, or nothing', async () => {
  const clusters = await Promise.all([0, 1, 2, 3].map(newCluster));
  const requests = [
    ...clusters.flatMap(({ clusterId, hostIds }) => [
      { clusterId, selection: 'all' as const },
      { clusterId, selection: 'none' as const },
      ...hostIds.map((id) => ({ clusterId, selection: { id } })),
      { clusterId, selection: { id: clusters[3]?.hostIds[0] ?? '' } },
    ]),
    { clusterId: randomUUID(), selection: 'all' as const },
  ];

  const together = await Promise.all(requests.map(({ clusterId, selection }) => readSnapshot(database.db, clusterId, selection)));

  expect(requests.length).toBeGreaterThan(16);
  for (const [index, { clusterId, selection }] of requests.entries()) {
    expect(together[index]).toEqual(await loadSnapshot(database.db, clusterId, selection));
  }
  const hostsSeen = together.map((loaded) => loaded?.snapshot.hosts.length);
  expect(hostsSeen).toEqual([0, 0, 0, 1, 0, 1, 0, 2, 0, 1, 1, 0, 3, 0, 1, 1, 1, 1, undefined]);
});

it('a database that cannot be reached fails every reader, and the next one is tried again', async () => {
  const nowhere = connectDatabase({ url: 'postgres://nobody:none@127.0.0.1:1/nothing', max: 2, applicationName: 'test', columnKey: testColumnKey });
  const readAll = () => Promise.allSettled(Array.from({ length: 40 }, () => readSnapshot(nowhere.db, randomUUID())));

  for (const settled of [await readAll(), await readAll()]) expect(settled.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 'rejected'));
  await nowhere.close();
});

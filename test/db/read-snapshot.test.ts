import { randomUUID } from 'node:crypto';
import { and, eq, ne } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refreshCluster } from '../../activities/refresh-cluster';
import { connectDatabase, type DatabaseConnection } from '../../src/db/client';
import { insertHost } from '../../src/db/insert-host';
import { insertIntent } from '../../src/db/intents';
import { loadSnapshot } from '../../src/db/load-snapshot';
import { readSnapshot } from '../../src/db/read-snapshot';
import { saveHostFacts } from '../../src/db/save-host-facts';
import { clusters, clusterVersions, monitoredOperators } from '../../src/db/schema/clusters';
import { hostFacts, hostHeartbeats, hosts } from '../../src/db/schema/hosts';
import { infraEnvs } from '../../src/db/schema/infra-envs';
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

it('rows that nobody has written are not read again; after any write, and with every check-in, readers get what is there', async () => {
  const { clusterId, hostIds: [hostId = ''] } = await newCluster(2);
  const { db } = database;
  const read = (selection?: { id: string }) => readSnapshot(db, clusterId, selection);
  const writes: Record<string, () => Promise<unknown>> = {
    cluster: () => db.update(clusters).set({ name: 'renamed' }).where(eq(clusters.id, clusterId)),
    'infra-env': () => db.update(infraEnvs).set({ imageGenerated: true }).where(eq(infraEnvs.id, clusterId)),
    operator: () => db.insert(monitoredOperators).values({ clusterId, name: 'lso', operatorType: 'olm', timeoutSeconds: 60 }),
    'operator again': () => db.update(monitoredOperators).set({ statusInfo: 'told' }).where(eq(monitoredOperators.clusterId, clusterId)),
    host: () => db.update(hosts).set({ stageInfo: 'told' }).where(eq(hosts.id, hostId)),
    facts: () => db.update(hostFacts).set({ contentId: randomUUID(), inventory: JSON.stringify(makeInventory(9)) }).where(eq(hostFacts.hostId, hostId)),
    version: () => db.update(clusterVersions).set({ factsVersion: 7 }).where(eq(clusterVersions.clusterId, clusterId)),
    removal: () => db.update(hosts).set({ deletedAt: now }).where(and(eq(hosts.clusterId, clusterId), ne(hosts.id, hostId))),
    'removal of another day': () => db.update(hosts).set({ deletedAt: new Date(0) }).where(and(eq(hosts.clusterId, clusterId), ne(hosts.id, hostId))),
  };
  for (const [what, write] of Object.entries(writes)) {
    await write();
    const [first, again] = [await read(), await read()];
    expect(again?.row, what).toBe(first?.row);
    expect(first, what).toEqual(await loadSnapshot(db, clusterId));
    expect(await read({ id: hostId }), what).toEqual(await loadSnapshot(db, clusterId, { id: hostId }));
  }

  const at = new Date('2026-11-02T12:00:00.123Z');
  const before = await read();
  await db.update(hostHeartbeats).set({ checkedInAt: at }).where(eq(hostHeartbeats.hostId, hostId));
  const after = await read();
  expect(after?.row).toBe(before?.row);
  expect(after?.snapshot.hosts.map(({ checkedInAt }) => checkedInAt)).toEqual([at]);
  expect(after).toEqual(await loadSnapshot(db, clusterId));
});

it('a database that cannot be reached fails every reader, and the next one is tried again', async () => {
  const nowhere = connectDatabase({ url: 'postgres://nobody:none@127.0.0.1:1/nothing', max: 2, applicationName: 'test', columnKey: testColumnKey });
  const readAll = () => Promise.allSettled(Array.from({ length: 40 }, () => readSnapshot(nowhere.db, randomUUID())));

  for (const settled of [await readAll(), await readAll()]) expect(settled.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 'rejected'));
  await nowhere.close();
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refreshCluster } from '../../activities/refresh-cluster';
import type { DatabaseConnection } from '../../src/db/client';
import { dropHostFacts } from '../../src/db/drop-host-facts';
import { forgetInventory, insertHost } from '../../src/db/insert-host';
import { insertIntent } from '../../src/db/intents';
import { loadSnapshot } from '../../src/db/load-snapshot';
import { readSnapshot } from '../../src/db/read-snapshot';
import { saveHostFacts } from '../../src/db/save-host-facts';
import { SizedCache } from '../../src/db/sized-cache';
import { createHost } from '../../src/domain/host/create-host';
import type { Host } from '../../src/domain/host/model';
import { databaseDeps } from '../support/activity-deps';
import { makeInventory } from '../support/machines';
import { registerIntent } from '../support/register-intent';
import { openTestDatabase } from '../support/test-database';

let database: DatabaseConnection;
const now = new Date('2026-11-01T12:00:00Z');

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function newHosts(count: number): Promise<{ clusterId: string; hosts: Host[] }> {
  const deps = databaseDeps(database);
  const [clusterId, id] = [randomUUID(), randomUUID()];
  await insertIntent(database.db, { id, clusterId, requestId: id, userName: 'user', body: registerIntent(), secret: deps.secretBox.seal('{}'), at: now });
  await refreshCluster(deps, { clusterId, refreshId: '1', revision: 0, now: now.getTime(), intents: [id], refusals: [], outcomes: [] });
  const loaded = await readSnapshot(database.db, clusterId);
  if (!loaded) throw new Error('the cluster is not there');
  const hosts = Array.from({ length: count }, () => createHost(loaded.snapshot, randomUUID(), 'v1', now));
  for (const host of hosts) await insertHost(database.db, host, now);
  return { clusterId, hosts };
}

const readHosts = async (clusterId: string): Promise<Host[]> => (await readSnapshot(database.db, clusterId))?.snapshot.hosts ?? [];

it('what a host reported is decoded once, and anew after whatever writes it', async () => {
  const { clusterId, hosts: [host] } = await newHosts(1);
  if (!host) throw new Error('the host is not there');
  const read = async (): Promise<Host['facts'] | undefined> => (await readHosts(clusterId))[0]?.facts;
  const inventory = (index: number) => saveHostFacts(database.db, host, { inventory: makeInventory(index) }, { stepType: 'inventory', hash: `hash ${index}` }, now);

  await inventory(1);
  const first = await read();
  expect(first?.inventory?.hostname).toBe('server-1');
  expect(await read()).toBe(first);

  await inventory(2);
  const second = await read();
  expect(second?.inventory?.hostname).toBe('server-2');

  await forgetInventory(database.db, host, now);
  expect(await read()).toEqual({ disksInfo: {}, imagesStatus: {} });

  await inventory(3);
  const third = await read();
  if (!third) throw new Error('nothing was read');
  await dropHostFacts(database.db, { ...host, facts: third }, { disksInfo: {}, imagesStatus: {} }, now);
  expect((await read())?.inventory).toBeUndefined();

  await inventory(4);
  await database.db.transaction(async (tx) => {
    await tx.execute(`update hosts set deleted_at = now() where id = '${host.id}'`);
    await insertHost(tx, host, now);
  });
  expect(await read()).toEqual({ disksInfo: {}, imagesStatus: {} });
});

it('of a changed host only its own facts are decoded again, and a part of the hosts can be read', async () => {
  const { clusterId, hosts } = await newHosts(3);
  for (const [index, host] of hosts.entries()) await saveHostFacts(database.db, host, { inventory: makeInventory(index) }, { stepType: 'inventory', hash: 'first' }, now);
  const before = new Map((await readHosts(clusterId)).map(({ id, facts }) => [id, facts]));
  const [changed] = hosts;
  if (!changed) throw new Error('the host is not there');
  await saveHostFacts(database.db, changed, { inventory: makeInventory(9) }, { stepType: 'inventory', hash: 'second' }, now);
  const kept = (await readHosts(clusterId)).filter(({ id, facts }) => before.get(id) === facts).map(({ id }) => id);
  expect(kept.sort()).toEqual(hosts.slice(1).map(({ id }) => id).sort());

  const one = await loadSnapshot(database.db, clusterId, { id: changed.id });
  expect(one?.snapshot.hosts.map(({ id, facts }) => [id, facts.inventory?.hostname])).toEqual([[changed.id, 'server-9']]);
  expect((await loadSnapshot(database.db, clusterId, 'none'))?.snapshot.hosts).toEqual([]);
});

it('a cache forgets what was not asked for the longest when its size is reached', () => {
  const cache = new SizedCache<string>(10);
  cache.set('a', 'A', 4);
  cache.set('b', 'B', 4);
  cache.get('a');
  cache.set('c', 'C', 4);
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['A', undefined, 'C']);
  cache.set('a', 'AA', 6);
  cache.set('huge', 'H', 11);
  expect(['a', 'c', 'huge'].map((key) => cache.get(key))).toEqual([undefined, undefined, undefined]);
});

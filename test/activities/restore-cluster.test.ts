import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefreshRequest } from '../../activities/contract';
import type { ActivityDeps } from '../../activities/deps';
import { refreshCluster } from '../../activities/refresh-cluster';
import { restoreCarriedState } from '../../activities/restore-carried-state';
import { restoreCluster } from '../../activities/restore-cluster';
import { openState, stateObjectAddress } from '../../activities/state-object';
import { storeState } from '../../activities/store-state';
import type { DatabaseConnection } from '../../src/db/client';
import { insertIntent } from '../../src/db/intents';
import { loadSnapshot, type LoadedCluster } from '../../src/db/load-snapshot';
import { findPullSecret } from '../../src/db/pull-secret';
import type { Store } from '../../src/store/store';
import type { ClusterState } from '../../workflows/cluster/contract';
import { createTestStore } from '../store/create-test-store';
import { databaseDeps } from '../support/activity-deps';
import { registerIntent } from '../support/register-intent';
import { loseDatabase } from '../support/table-copies';
import { openTestDatabase } from '../support/test-database';

let database: DatabaseConnection;
let deps: ActivityDeps;
let store: Store;
const never = new AbortController().signal;

beforeAll(async () => {
  database = await openTestDatabase();
  ({ store } = await createTestStore());
  deps = databaseDeps(database, { stateStore: store });
});
afterAll(async () => {
  await database.close();
  store.close();
});

async function load(clusterId: string): Promise<LoadedCluster> {
  const loaded = await loadSnapshot(database.db, clusterId);
  if (!loaded) throw new Error('the cluster has no rows');
  return loaded;
}

/** A registered cluster as its workflow carries it. */
async function registered(changes: Partial<Parameters<typeof registerIntent>[0]> = {}): Promise<{ clusterId: string; state: ClusterState; documents: string }> {
  const [clusterId, id] = [randomUUID(), randomUUID()];
  await insertIntent(database.db, { id, clusterId, requestId: id, userName: 'user', body: registerIntent(changes), secret: deps.secretBox.seal('{"auths":{"secret":{}}}') });
  const request: RefreshRequest = { clusterId, refreshId: '1', revision: 0, now: Date.now(), intents: [id], refusals: [], outcomes: [] };
  const { documents = '' } = await refreshCluster(deps, request);
  return { clusterId, state: { ...restoreCarriedState(await load(clusterId)), refreshedAt: Date.now() }, documents };
}

describe('the state object', () => {
  it('is encrypted, says the same when it is stored twice, and is of one cluster', async () => {
    const { clusterId } = await registered({ httpProxy: 'http://user:hidden@10.1.1.1' });
    await storeState(deps, { clusterId, revision: 1 }, never);
    const sealed = await store.readObject(stateObjectAddress(clusterId));
    expect(sealed.toString('latin1')).not.toMatch(/hidden|auths|10\.1\.1\.1/);
    const first = await openState(deps.secretBox, sealed, clusterId);
    expect(first).toMatchObject({ revision: 1, snapshot: { cluster: { httpProxy: 'http://user:hidden@10.1.1.1', createdAt: (await load(clusterId)).snapshot.cluster.createdAt } } });
    await storeState(deps, { clusterId, revision: 1 }, never);
    expect(await openState(deps.secretBox, await store.readObject(stateObjectAddress(clusterId)), clusterId)).toEqual(first);
    await expect(openState(deps.secretBox, sealed, randomUUID())).rejects.toThrow('another cluster');
    sealed[40] = (sealed[40] ?? 0) ^ 1;
    await expect(openState(deps.secretBox, sealed, clusterId)).rejects.toThrow();
  });

  it('is not written from rows that are older than the workflow, nor for a deregistered cluster', async () => {
    const { clusterId } = await registered();
    await expect(storeState(deps, { clusterId, revision: 2 }, never)).rejects.toMatchObject({ type: 'RevisionBehind' });
    await expect(storeState(deps, { clusterId: randomUUID(), revision: 1 }, never)).rejects.toMatchObject({ type: 'RevisionBehind' });
    await database.sql`UPDATE clusters SET deleted_at = now() WHERE id = ${clusterId}`;
    await storeState(deps, { clusterId, revision: 1 }, never);
    expect(await store.headObject(stateObjectAddress(clusterId))).toBeUndefined();
  });

  it('is wanted anew for a new pull secret and for a setting, not for a new status', async () => {
    const { clusterId, documents } = await registered();
    const refresh = async (refreshId: string): Promise<string | undefined> => {
      const { versions } = await load(clusterId);
      return (await refreshCluster(deps, { clusterId, refreshId, revision: versions.revision, now: Date.now(), intents: [], refusals: [], outcomes: [] })).documents;
    };
    await database.sql`UPDATE clusters SET status_info = 'another', validations_info = '' WHERE id = ${clusterId}`;
    expect(await refresh('2')).toBe(documents);
    await database.sql`UPDATE clusters SET pull_secret = ${Buffer.from('another')} WHERE id = ${clusterId}`;
    const second = await refresh('3');
    expect(second).not.toBe(documents);
    await database.sql`UPDATE infra_envs SET ignition_config_overrides = '{}' WHERE id = ${clusterId}`;
    expect(await refresh('4')).not.toBe(second);
  });
});

describe('restoreCluster', () => {
  it('gives a lost cluster all it had, once, however often it runs', async () => {
    const { clusterId, state } = await registered({ httpProxy: 'http://10.1.1.1:3128', olmOperators: [{ name: 'ocs', properties: '' }] });
    await storeState(deps, { clusterId, revision: 1 }, never);
    const before = await load(clusterId);
    await loseDatabase(database.sql);
    expect(await restoreCluster(deps, { refreshId: '2', state }, never)).toEqual({ revision: 2, restored: true });
    const after = await load(clusterId);
    const { statusUpdatedAt: _a, activeAt: _b, validationsInfo: _c, ...kept } = before.snapshot.cluster;
    expect(after.snapshot.cluster).toMatchObject(kept);
    expect(after.snapshot.infraEnv).toEqual(before.snapshot.infraEnv);
    expect(after.snapshot.operators).toEqual(before.snapshot.operators);
    expect(deps.secretBox.open((await findPullSecret(database.db, clusterId)) ?? Buffer.alloc(0))).toContain('secret');
    expect(await restoreCluster(deps, { refreshId: '2', state }, never)).toEqual({ revision: 2, restored: false });
    expect(await load(clusterId)).toEqual(after);
  });

  it('leaves rows alone that are as new as the workflow', async () => {
    const { clusterId, state } = await registered();
    const before = await load(clusterId);
    expect(await restoreCluster(deps, { refreshId: '2', state }, never)).toEqual({ revision: 1, restored: false });
    expect(await load(clusterId)).toEqual(before);
  });

  it('done twice at once writes once', async () => {
    const { clusterId, state } = await registered();
    await loseDatabase(database.sql);
    const both = await Promise.all([1, 2].map(() => restoreCluster(deps, { refreshId: '2', state }, never)));
    expect(both.map(({ restored }) => restored).sort()).toEqual([false, true]);
    const events = await database.sql`SELECT name FROM events WHERE cluster_id = ${clusterId}`;
    expect(events).toHaveLength(1);
  });

  it('writes nothing while the object store does not answer', async () => {
    const { clusterId, state } = await registered();
    await loseDatabase(database.sql);
    const { store: away } = await createTestStore({ endpoint: 'http://127.0.0.1:9' });
    await expect(restoreCluster({ ...deps, stateStore: away }, { refreshId: '2', state }, never)).rejects.toMatchObject({ type: 'Unavailable' });
    expect(await loadSnapshot(database.db, clusterId)).toBeUndefined();
    away.close();
  });
});

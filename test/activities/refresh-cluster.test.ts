import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefreshRequest } from '../../activities/contract';
import type { ActivityDeps } from '../../activities/deps';
import { refreshCluster } from '../../activities/refresh-cluster';
import type { DatabaseConnection } from '../../src/db/client';
import { findIntent, insertIntent } from '../../src/db/intents';
import { loadSnapshot } from '../../src/db/load-snapshot';
import { listAllHosts } from '../../src/db/queries/list-all-hosts';
import { clusterVersions } from '../../src/db/schema/clusters';
import { events } from '../../src/db/schema/events';
import { hostFacts, hostHeartbeats } from '../../src/db/schema/hosts';
import type { ClusterIntent } from '../../src/domain/cluster/intents';
import { registerHost } from '../../src/services/hosts/register-host';
import { databaseDeps } from '../support/activity-deps';
import { registerIntent } from '../support/register-intent';
import { openTestDatabase } from '../support/test-database';

let database: DatabaseConnection;
let deps: ActivityDeps;

beforeAll(async () => {
  database = await openTestDatabase();
  deps = databaseDeps(database);
});
afterAll(() => database.close());

const now = Date.parse('2026-03-01T12:00:00Z');

async function storeIntent(clusterId: string, body: ClusterIntent): Promise<string> {
  const id = randomUUID();
  await insertIntent(database.db, { id, clusterId, requestId: id, userName: 'user', body, secret: deps.secretBox.seal('{"auths":{}}'), at: new Date(now) });
  return id;
}

const request = (clusterId: string, changes: Partial<RefreshRequest> = {}): RefreshRequest => ({
  clusterId, refreshId: '1', revision: 0, now, intents: [], refusals: [], outcomes: [], ...changes,
});

async function registerCluster(changes = {}): Promise<string> {
  const clusterId = randomUUID();
  const intentId = await storeIntent(clusterId, registerIntent(changes));
  const result = await refreshCluster(deps, request(clusterId, { intents: [intentId] }));
  expect(result).toMatchObject({ kind: 'live', revision: 1, intents: { [intentId]: { applied: true } } });
  return clusterId;
}

const eventsOf = (clusterId: string) => database.db.select().from(events).where(eq(events.clusterId, clusterId));

describe('refreshCluster', () => {
  it('creates the rows of a registration once, however often it runs', async () => {
    const clusterId = randomUUID();
    const intentId = await storeIntent(clusterId, registerIntent({ name: 'twice' }));
    const first = await refreshCluster(deps, request(clusterId, { intents: [intentId] }));
    const count = (await eventsOf(clusterId)).length;
    const second = await refreshCluster(deps, request(clusterId, { intents: [intentId] }));
    expect(second).toEqual(first);
    expect(await eventsOf(clusterId)).toHaveLength(count);
    const loaded = await loadSnapshot(database.db, clusterId);
    expect(loaded?.snapshot.cluster).toMatchObject({ name: 'twice', status: 'pending-for-input', pullSecretSet: true });
    expect(await findIntent(database.db, intentId)).toMatchObject({ status: 'applied' });
  });

  it('leaves nothing behind of a registration that the workflow refuses', async () => {
    const clusterId = randomUUID();
    const intentId = await storeIntent(clusterId, registerIntent());
    const refusal = { type: 'Invalid', reason: 'The subscription service refused the cluster (400)' } as const;
    const result = await refreshCluster(deps, request(clusterId, { refusals: [{ intentId, refusal }] }));
    expect(result).toMatchObject({ kind: 'absent', intents: { [intentId]: { applied: false, refusal } } });
    expect(await loadSnapshot(database.db, clusterId)).toBeUndefined();
    expect(await findIntent(database.db, intentId)).toMatchObject({ status: 'refused', refusal });
  });

  it('applies the facts log once and in order', async () => {
    const clusterId = await registerCluster();
    const hostId = randomUUID();
    const signals: string[] = [];
    const agentDeps = { ...deps, messenger: { signal: (_id: string, signal: string) => Promise.resolve(void signals.push(signal)) } };
    await registerHost(agentDeps, clusterId, { hostId, discoveryAgentVersion: 'latest' });
    expect(signals).toEqual(['hostRegistered']);
    const result = await refreshCluster(deps, request(clusterId, { refreshId: '2', revision: 1, now: Date.now() }));
    expect(result.hosts).toMatchObject([{ id: hostId, status: 'discovering' }]);
    const [versions] = await database.db.select().from(clusterVersions).where(eq(clusterVersions.clusterId, clusterId));
    expect(versions).toMatchObject({ factsVersion: 1, appliedVersion: 1, laggingSince: null });
    const before = await eventsOf(clusterId);
    const again = await refreshCluster(deps, request(clusterId, { refreshId: '3', revision: result.revision, now: Date.now() }));
    expect(again.revision).toBe(result.revision);
    expect(await eventsOf(clusterId)).toHaveLength(before.length);
  });

  it('refuses what the state does not permit and tells the reason', async () => {
    const clusterId = await registerCluster();
    const intentId = await storeIntent(clusterId, { operation: 'install' });
    const result = await refreshCluster(deps, request(clusterId, { refreshId: '2', revision: 1, intents: [intentId] }));
    expect(result.intents[intentId]).toMatchObject({ applied: false, refusal: { type: 'Conflict' } });
    expect(await findIntent(database.db, intentId)).toMatchObject({ status: 'refused' });
  });

  it('takes a cluster out of every answer at deregistration and sets the date of its permanent deletion', async () => {
    const clusterId = await registerCluster();
    const intentId = await storeIntent(clusterId, { operation: 'deregister' });
    const result = await refreshCluster(deps, request(clusterId, { refreshId: '2', revision: 1, intents: [intentId] }));
    expect(result).toMatchObject({ kind: 'deregistered', deadline: { name: 'permanent deletion', at: now + 72 * 3_600_000 }, duties: [] });
    expect((await loadSnapshot(database.db, clusterId))?.row.deletedAt).toEqual(new Date(now));
    const later = await storeIntent(clusterId, { operation: 'install' });
    const refused = await refreshCluster(deps, request(clusterId, { refreshId: '3', revision: 2, intents: [later] }));
    expect(refused.intents[later]).toMatchObject({ applied: false, refusal: { type: 'NotFound' } });
  });

  it('keeps the rows of a deregistered host for 72 hours; then they go, and all else stays', async () => {
    const clusterId = await registerCluster();
    const agentDeps = { ...deps, messenger: { signal: () => Promise.resolve() } };
    const [gone, stays] = [randomUUID(), randomUUID()];
    for (const hostId of [gone, stays]) await registerHost(agentDeps, clusterId, { hostId, discoveryAgentVersion: 'latest' });
    const registered = await refreshCluster(deps, request(clusterId, { refreshId: '2', revision: 1 }));
    const intentId = await storeIntent(clusterId, { operation: 'deregisterHost', hostId: gone });
    const removed = await refreshCluster(deps, request(clusterId, { refreshId: '3', revision: registered.revision, intents: [intentId] }));
    const day = 24 * 3_600_000;
    expect(removed.deadline).toEqual({ name: 'permanent deletion of a host', at: now + 3 * day });
    expect((await listAllHosts(database.db, clusterId)).map(({ id }) => id).sort()).toEqual([gone, stays].sort());

    const early = await refreshCluster(deps, request(clusterId, { refreshId: '4', revision: removed.revision, now: now + 3 * day - 1 }));
    expect(early.deadline).toEqual(removed.deadline);
    const late = request(clusterId, { refreshId: '5', revision: early.revision, now: now + 3 * day });
    const first = await refreshCluster(deps, late);
    expect(await refreshCluster(deps, late)).toEqual(first);
    expect(first.deadline?.name).not.toBe('permanent deletion of a host');
    expect((await listAllHosts(database.db, clusterId)).map(({ id }) => id)).toEqual([stays]);
    for (const table of [hostFacts, hostHeartbeats]) {
      const rows = await database.db.select().from(table).where(eq(table.infraEnvId, clusterId));
      expect(rows.map(({ hostId }) => hostId)).toEqual([stays]);
    }
    expect((await eventsOf(clusterId)).some(({ hostId }) => hostId === gone)).toBe(true);
  });

  it('writes nothing over rows that somebody else wrote, nor over rows that are older than the workflow', async () => {
    const clusterId = await registerCluster();
    await expect(refreshCluster(deps, request(clusterId, { refreshId: 'other', revision: 0 }))).rejects.toMatchObject({ type: 'RevisionAhead', details: [1, '1'] });
    await expect(refreshCluster(deps, request(clusterId, { refreshId: '9', revision: 7 }))).rejects.toMatchObject({ type: 'RevisionBehind' });
    await expect(refreshCluster(deps, request(randomUUID(), { revision: 3 }))).rejects.toMatchObject({ type: 'RevisionBehind' });
  });
});

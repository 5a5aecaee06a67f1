import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActivityDeps } from '../../activities/deps';
import { refreshCluster } from '../../activities/refresh-cluster';
import { sweepOnce } from '../../activities/sweep';
import type { DatabaseConnection } from '../../src/db/client';
import { findIntent, insertIntent } from '../../src/db/intents';
import { clusterVersions } from '../../src/db/schema/clusters';
import { hostHeartbeats } from '../../src/db/schema/hosts';
import { registerHost } from '../../src/services/hosts/register-host';
import { databaseDeps } from '../support/activity-deps';
import { registerIntent } from '../support/register-intent';
import { openTestDatabase } from '../support/test-database';

let database: DatabaseConnection;
let deps: ActivityDeps;
let told: { clusterId: string; what: string }[] = [];
const settings = { intervalMs: 1_000, lagMs: 5_000, staleIntentMs: 60_000, keptIntentMs: 7 * 86_400_000 };

beforeAll(async () => {
  database = await openTestDatabase();
  deps = databaseDeps(database, { notifier: { factsChanged: (clusterId, what) => Promise.resolve(told.push({ clusterId, what }) > 0), start: () => Promise.reject(new Error('not part of this test')) } });
});
beforeEach(() => {
  told = [];
});
afterAll(() => database.close());

const later = (ms: number): Date => new Date(Date.now() + ms);
const pass = (now: Date) => sweepOnce(deps, settings, now);
const refresh = (clusterId: string, refreshId: string, now: Date) => refreshCluster(deps, { clusterId, refreshId, revision: 1, now: now.getTime(), intents: [], refusals: [], outcomes: [] });

async function registerWithHost(): Promise<{ clusterId: string; hostId: string }> {
  const [clusterId, id, hostId] = [randomUUID(), randomUUID(), randomUUID()];
  await insertIntent(database.db, { id, clusterId, requestId: id, userName: 'ann', body: registerIntent(), at: new Date() });
  await refreshCluster(deps, { clusterId, refreshId: '1', revision: 0, now: Date.now(), intents: [id], refusals: [], outcomes: [] });
  await registerHost({ ...deps, messenger: { signal: () => Promise.reject(new Error('lost')) } }, clusterId, { hostId, discoveryAgentVersion: 'v1' });
  return { clusterId, hostId };
}

describe('sweepOnce', () => {
  it('tells of a fact whose signal was lost, until it is applied', async () => {
    const { clusterId } = await registerWithHost();
    await pass(later(1_000));
    expect(told).toEqual([]);
    await pass(later(6_000));
    expect(told).toEqual([{ clusterId, what: 'lagging facts' }]);
    await refresh(clusterId, '2', new Date());
    told = [];
    await pass(later(6_000));
    expect(told).toEqual([]);
    const [versions] = await database.db.select().from(clusterVersions).where(eq(clusterVersions.clusterId, clusterId));
    expect(versions).toMatchObject({ laggingSince: null });
  });

  it('tells of a silent host once it counts, and of its return, each until the workflow has seen it', async () => {
    const { clusterId } = await registerWithHost();
    await refresh(clusterId, '2', new Date());
    const mine = () => told.filter((finding) => finding.clusterId === clusterId).map((finding) => finding.what);
    await pass(later(4 * 60_000));
    expect(mine()).toEqual(['silent host']);
    const silent = await refreshCluster(deps, { clusterId, refreshId: '3', revision: 2, now: later(4 * 60_000).getTime(), intents: [], refusals: [], outcomes: [] });
    expect(silent.hosts).toMatchObject([{ status: 'disconnected' }]);
    told = [];
    await pass(later(4 * 60_000));
    expect(mine()).toEqual([]);
    await database.db.update(hostHeartbeats).set({ checkedInAt: later(4 * 60_000) }).where(eq(hostHeartbeats.infraEnvId, clusterId));
    await pass(later(4 * 60_000));
    expect(mine()).toEqual(['host is back']);
    const back = await refreshCluster(deps, { clusterId, refreshId: '4', revision: silent.revision, now: later(4 * 60_000).getTime(), intents: [], refusals: [], outcomes: [] });
    expect(back.hosts).toMatchObject([{ status: 'discovering' }]);
    told = [];
    await pass(later(4 * 60_000));
    expect(mine()).toEqual([]);
  });

  it('drops intents that nobody took up, with their secret, and a later answer is the same', async () => {
    const [clusterId, id, fresh] = [randomUUID(), randomUUID(), randomUUID()];
    const secret = deps.secretBox.seal('{}');
    await insertIntent(database.db, { id, clusterId, requestId: id, userName: 'ann', body: registerIntent(), secret, at: later(-61_000) });
    await insertIntent(database.db, { id: fresh, clusterId, requestId: fresh, userName: 'ann', body: registerIntent(), secret, at: later(-30_000) });
    expect(await pass(new Date())).toMatchObject({ dropped: 1 });
    expect(await pass(new Date())).toMatchObject({ dropped: 0 });
    expect(await findIntent(database.db, id)).toMatchObject({ status: 'refused', refusal: { type: 'Conflict' } });
    expect(await findIntent(database.db, fresh)).toMatchObject({ status: 'pending' });
    const result = await refreshCluster(deps, { clusterId, refreshId: '1', revision: 0, now: Date.now(), intents: [id], refusals: [], outcomes: [] });
    expect(result).toMatchObject({ kind: 'absent', intents: { [id]: { applied: false, refusal: { type: 'Conflict' } } } });
  });

  it('goes on when a workflow cannot be told', async () => {
    const { clusterId } = await registerWithHost();
    const failing: ActivityDeps = { ...deps, notifier: { factsChanged: (id) => (id === clusterId ? Promise.reject(new Error('no workflow')) : Promise.resolve(true)), start: () => Promise.reject(new Error('not part of this test')) } };
    await expect(sweepOnce(failing, settings, later(6_000))).resolves.toMatchObject({ dropped: 0 });
  });
});

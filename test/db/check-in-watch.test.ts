import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refreshCluster } from '../../activities/refresh-cluster';
import { sweepOnce } from '../../activities/sweep';
import type { ActivityDeps } from '../../activities/deps';
import { findCheckInsSince, markCheckInsStored } from '../../src/db/check-in-watch';
import type { DatabaseConnection } from '../../src/db/client';
import { insertIntent } from '../../src/db/intents';
import { checkInWatch } from '../../src/db/schema/check-in-watch';
import { hostHeartbeats, hosts } from '../../src/db/schema/hosts';
import { registerHost } from '../../src/services/hosts/register-host';
import { applyHostChanges } from '../../workflows/cluster/apply-host-changes';
import { databaseDeps } from '../support/activity-deps';
import { registerIntent } from '../support/register-intent';
import { openTestDatabase } from '../support/test-database';

let database: DatabaseConnection;
let deps: ActivityDeps;
const told: string[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
  deps = databaseDeps(database, { notifier: { factsChanged: (_clusterId, what) => Promise.resolve(told.push(what) > 0), start: () => Promise.reject(new Error('not part of this test')) } });
});
beforeEach(() => database.db.delete(checkInWatch).then(() => undefined));
afterAll(() => database.close());

const ago = (ms: number): Date => new Date(Date.now() - ms);
const watch = (sinceMsAgo: number, lastMsAgo: number) => database.db.insert(checkInWatch).values({ id: 1, since: ago(sinceMsAgo), lastAt: ago(lastMsAgo) });

/** A host in the middle of its installation that was last heard ten minutes ago. */
async function silentInstallation(): Promise<{ clusterId: string; hostId: string; revision: number }> {
  const [clusterId, id, hostId] = [randomUUID(), randomUUID(), randomUUID()];
  await insertIntent(database.db, { id, clusterId, requestId: id, userName: 'user', body: registerIntent(), secret: deps.secretBox.seal('{}') });
  await refreshCluster(deps, { clusterId, refreshId: '1', revision: 0, now: Date.now(), intents: [id], refusals: [], outcomes: [] });
  await registerHost({ ...deps, messenger: { signal: () => Promise.resolve() } }, clusterId, { hostId, discoveryAgentVersion: 'latest' });
  const { revision } = await refreshCluster(deps, { clusterId, refreshId: '2', revision: 1, now: Date.now(), intents: [], refusals: [], outcomes: [] });
  await database.db.update(hosts).set({ status: 'installing-in-progress', stage: 'Writing image to disk', stageStartedAt: new Date(), stageUpdatedAt: new Date() }).where(eq(hosts.id, hostId));
  await database.db.update(hostHeartbeats).set({ checkedInAt: ago(600_000) }).where(eq(hostHeartbeats.hostId, hostId));
  return { clusterId, hostId, revision };
}
const refreshed = async ({ clusterId, revision }: { clusterId: string; revision: number }) => {
  const result = await refreshCluster(deps, { clusterId, refreshId: '3', revision, now: Date.now(), intents: [], refusals: [], outcomes: [] });
  return applyHostChanges([], result.hosts)[0]?.status;
};

describe('the watch over check-ins', () => {
  it('counts from the first mark, goes on without a gap and begins anew after one', async () => {
    expect(await findCheckInsSince(database.db, new Date())).toBeNull();
    await watch(600_000, 5_000);
    await markCheckInsStored(database.db);
    expect((await findCheckInsSince(database.db, new Date()))?.getTime()).toBeLessThan(Date.now() - 590_000);
    await database.db.update(checkInWatch).set({ lastAt: ago(60_000) });
    await markCheckInsStored(database.db);
    expect((await findCheckInsSince(database.db, new Date()))?.getTime()).toBeGreaterThan(Date.now() - 30_000);
  });

  it('says now while nobody stores check-ins', async () => {
    await watch(600_000, 60_000);
    const now = new Date();
    expect(await findCheckInsSince(database.db, now)).toEqual(now);
  });
});

describe('a host whose check-ins could not be stored', () => {
  it('is not taken for silent after an outage, neither by the sweep nor by its workflow', async () => {
    const installation = await silentInstallation();
    await watch(10_000, 1_000);
    told.length = 0;
    await sweepOnce(deps, deps.sweep, new Date());
    expect(told.filter((what) => what === 'silent host')).toEqual([]);
    expect(await refreshed(installation)).toBe('installing-in-progress');
  });

  it('is silent once check-ins were stored for as long as silence is borne', async () => {
    const installation = await silentInstallation();
    await watch(600_000, 1_000);
    told.length = 0;
    await sweepOnce(deps, deps.sweep, new Date());
    expect(told).toContain('silent host');
    expect(await refreshed(installation)).toBe('error');
  });
});

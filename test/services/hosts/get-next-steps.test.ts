import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshCluster } from '../../../activities/refresh-cluster';
import type { ActivityDeps } from '../../../activities/deps';
import type { DatabaseConnection } from '../../../src/db/client';
import { insertIntent } from '../../../src/db/intents';
import { hostHeartbeats, hosts } from '../../../src/db/schema/hosts';
import { NotFound } from '../../../src/services/errors';
import { createGetNextSteps } from '../../../src/services/hosts/get-next-steps';
import { createHeartbeatRecorder, type HeartbeatRecorder } from '../../../src/services/hosts/heartbeats';
import { registerHost } from '../../../src/services/hosts/register-host';
import { createVersionLookup } from '../../../src/services/hosts/version-lookup';
import { databaseDeps } from '../../support/activity-deps';
import { registerIntent } from '../../support/register-intent';
import { openTestDatabase } from '../../support/test-database';

let database: DatabaseConnection;
let deps: ActivityDeps;
let heartbeats: HeartbeatRecorder;
let getNextSteps: ReturnType<typeof createGetNextSteps>;
const signals: { clusterId: string; signal: string; payload: object }[] = [];
const messenger = { signal: (clusterId: string, signal: string, payload: object) => Promise.resolve(void signals.push({ clusterId, signal, payload })) };

beforeAll(async () => {
  database = await openTestDatabase();
  deps = databaseDeps(database);
  heartbeats = createHeartbeatRecorder({ sql: database.sql, intervalMs: 10, observe: () => undefined });
  getNextSteps = createGetNextSteps({ ...deps, messenger, heartbeats, findVersion: createVersionLookup(database.sql) });
});
afterAll(async () => {
  await heartbeats.close();
  await database.close();
});

interface Answer {
  next_instruction_seconds: number;
  post_step_action: string;
  instructions: { step_type: string; step_id: string; command: string; args: string[] }[] | null;
}
const poll = async (clusterId: string, hostId: string): Promise<Answer> => JSON.parse(await getNextSteps(clusterId, hostId)) as Answer;

async function newCluster(): Promise<string> {
  const [clusterId, id] = [randomUUID(), randomUUID()];
  await insertIntent(database.db, { id, clusterId, requestId: id, userName: 'user', body: registerIntent(), secret: deps.secretBox.seal('{}'), at: new Date() });
  await refreshCluster(deps, { clusterId, refreshId: '1', revision: 0, now: Date.now(), intents: [id], refusals: [], outcomes: [] });
  return clusterId;
}

async function newHost(clusterId: string): Promise<string> {
  const hostId = randomUUID();
  await registerHost({ ...deps, messenger }, clusterId, { hostId, discoveryAgentVersion: 'latest' });
  return hostId;
}

const setStatus = (hostId: string, status: 'disconnected' | 'known') => database.db.update(hosts).set({ status }).where(eq(hosts.id, hostId));

describe('GetNextSteps', () => {
  it('answers the steps of the host\'s status, each time with fresh ids', async () => {
    const clusterId = await newCluster();
    const hostId = await newHost(clusterId);
    const [first, second] = [await poll(clusterId, hostId), await poll(clusterId, hostId)];
    expect(first).toMatchObject({ next_instruction_seconds: 60, post_step_action: 'continue', instructions: [{ step_type: 'inventory' }] });
    const ids = [first, second].map((answer) => answer.instructions?.[0]?.step_id);
    expect(ids[0]).toMatch(/^inventory-[0-9a-f]{8}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('knows a host that registered after the answer of its cluster was cached', async () => {
    const clusterId = await newCluster();
    await poll(clusterId, await newHost(clusterId));
    expect((await poll(clusterId, await newHost(clusterId))).instructions).toHaveLength(1);
  });

  it('answers NotFound only for what is not there', async () => {
    await expect(poll(randomUUID(), randomUUID())).rejects.toBeInstanceOf(NotFound);
    await expect(poll(await newCluster(), randomUUID())).rejects.toBeInstanceOf(NotFound);
  });

  it('stores each check-in', async () => {
    const clusterId = await newCluster();
    const hostId = await newHost(clusterId);
    const longAgo = new Date(Date.now() - 3_600_000);
    const row = and(eq(hostHeartbeats.infraEnvId, clusterId), eq(hostHeartbeats.hostId, hostId));
    await database.db.update(hostHeartbeats).set({ checkedInAt: longAgo }).where(row);
    await poll(clusterId, hostId);
    await heartbeats.flushed();
    const [stored] = await database.db.select().from(hostHeartbeats).where(row);
    expect(stored?.checkedInAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('tells the workflow once that a disconnected host is back', async () => {
    const clusterId = await newCluster();
    const hostId = await newHost(clusterId);
    await setStatus(hostId, 'disconnected');
    signals.length = 0;
    await poll(clusterId, hostId);
    await poll(clusterId, hostId);
    await expect.poll(() => signals).toEqual([{ clusterId, signal: 'factsChanged', payload: { what: `host ${hostId} is back` } }]);
  });

  it('shares one statement among polls of the same moment', async () => {
    const clusterId = await newCluster();
    const hostIds = [await newHost(clusterId), await newHost(clusterId)];
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => poll(clusterId, hostIds[n % 2] ?? '')));
    expect(new Set(answers.map((answer) => answer.instructions?.[0]?.step_id)).size).toBe(40);
  });
});

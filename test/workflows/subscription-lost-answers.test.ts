import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestAmsClient } from '../support/test-ams-client';
import type { Store } from '../../src/store/store';
import { accountsPath, startTestStandin, type TestStandin } from '../ams-standin/test-standin';
import { createTestStore } from '../store/create-test-store';
import { ClusterLife } from '../support/cluster-life';
import { createObjectMakers } from '../support/object-makers';
import { fetchRunHistories } from '../support/run-histories';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
let store: Store;
let ams: TestStandin;
const minute = 60_000;
/** A busy machine can keep the server from skipping time: then three minutes, and half ones of later looks, take as long as they say. */
const patience = 15 * minute;
const slow = { timeout: 4 * minute, interval: 50 };
const creations = { method: 'POST', path: 'cluster_authorizations' };

beforeAll(async () => {
  ({ store } = await createTestStore());
  ams = await startTestStandin();
  const subscriptions = createTestAmsClient(ams, 1_500);
  service = await startWorkflowService(() => ({ ...createObjectMakers(store), subscriptions }), { timeSkipping: true });
});
afterEach(() => fetch(`${ams.url}/faults`, { method: 'DELETE' }));
afterAll(async () => {
  await service.close();
  await ams.close();
  store.close();
});

const register = (): Promise<ClusterLife> => new ClusterLife(service).register({ name: 'first' });
const subscriptionOf = async (life: ClusterLife) => (await life.explain()).subscription;

/** The subscription half a minute later: an attempt that met the end of a skip sets its next one by a clock that then stands almost still. */
async function laterOf(life: ClusterLife) {
  await service.environment.sleep(minute / 2);
  return subscriptionOf(life);
}

async function listed(life: ClusterLife): Promise<{ id: string; status: string; display_name: string }[]> {
  const search = encodeURIComponent(`cluster_id = '${life.clusterId}'`);
  const response = await ams.call(await ams.serviceToken(), 'GET', `${accountsPath}/subscriptions?search=${search}`);
  return ((await response.json()) as { items: { id: string; status: string; display_name: string }[] }).items;
}

async function nameOf(id = ''): Promise<string> {
  const response = await ams.call(await ams.serviceToken(), 'GET', `${accountsPath}/subscriptions/${id}`);
  return ((await response.json()) as { display_name: string }).display_name;
}

async function hits(): Promise<number> {
  const faults = (await (await fetch(`${ams.url}/faults`)).json()) as { hits: number }[];
  return faults.reduce((sum, fault) => sum + fault.hits, 0);
}

/** As much as there is, after a few seconds more if that is nothing: on a busy machine the first attempt may end before its creation, and the next one comes by the clock. */
async function sooner(count: () => Promise<number>): Promise<number> {
  const found = await count();
  if (found === 0) await service.environment.sleep(3_000);
  return found;
}

describe('a creation that AMS did not answer', () => {
  it('but did: nothing is left of a cluster that is deleted before anybody knows', async () => {
    await ams.arm({ match: creations, drop_after: true });
    const life = await register();
    await ams.arm({ match: { method: 'GET' }, status: 503, times: 1_000 });
    await life.do({ operation: 'deregister' });
    await fetch(`${ams.url}/faults`, { method: 'DELETE' });
    await service.environment.sleep(3 * minute);
    await expect.poll(() => laterOf(life), slow).toMatchObject({ applied: 'released', lookAgainAt: null });
    expect(await listed(life)).toEqual([]);
  }, patience);

  it('and does after the cluster is deleted and its subscription searched for: it is found by a later look', async () => {
    await ams.arm({ match: creations, delay_ms: 6_000 });
    const life = await register();
    await expect.poll(() => sooner(hits), slow).toBe(1);
    await life.do({ operation: 'deregister' });
    await expect.poll(async () => (await subscriptionOf(life)).applied, slow).toBe('released');
    await expect.poll(() => listed(life), slow).toHaveLength(1);
    await service.environment.sleep(3 * minute);
    await expect.poll(() => laterOf(life), slow).toMatchObject({ applied: 'released', lookAgainAt: null });
    expect(await listed(life)).toEqual([]);
  }, patience);

  it('and does after another one was made: one stays', async () => {
    await ams.arm({ match: creations, delay_ms: 6_000 });
    const life = await register();
    await expect.poll(() => sooner(hits), slow).toBe(1);
    await expect.poll(() => sooner(async () => (await listed(life)).length), slow).toBeGreaterThan(0);
    await expect.poll(() => listed(life), slow).toHaveLength(2);
    await service.environment.sleep(3 * minute);
    await expect.poll(() => laterOf(life), slow).toMatchObject({ applied: 'Reserved', lookAgainAt: null });
    expect(await listed(life)).toHaveLength(1);
  }, patience);
});

describe('a change that AMS did without an answer', () => {
  it('does not stay when its user takes it back', async () => {
    const life = await register();
    await expect.poll(() => laterOf(life), slow).toMatchObject({ applied: 'Reserved', lookAgainAt: null, failures: 0 });
    const [made] = await listed(life);
    await ams.arm({ match: { method: 'PATCH' }, drop_after: true });
    // As long as the user has not taken it back, no search tells the cluster that it was done.
    await ams.arm({ match: { method: 'GET', path: '/subscriptions$' }, status: 503, times: 1_000 });
    await life.do({ operation: 'updateCluster', name: 'second' });
    await expect.poll(() => nameOf(made?.id), slow).toBe('second');
    await expect.poll(async () => (await subscriptionOf(life)).failures, slow).toBeGreaterThan(0);
    await life.do({ operation: 'updateCluster', name: 'first' });
    await fetch(`${ams.url}/faults`, { method: 'DELETE' });
    await service.environment.sleep(3 * minute);
    await expect.poll(() => laterOf(life), slow).toMatchObject({ applied: 'Reserved', lookAgainAt: null });
    expect(await listed(life)).toMatchObject([{ display_name: 'first' }]);
  }, patience);
});

describe('a push while the cluster comes into another phase', () => {
  it('ends in the run that began it', async () => {
    const life = await (await register()).discover();
    await ams.arm({ match: { method: 'PATCH' }, delay_ms: 1_200, times: 2 });
    await life.do({ operation: 'updateCluster', name: 'second' });
    await expect.poll(hits, slow).toBeGreaterThan(0);
    await life.do({ operation: 'install' });
    await expect.poll(async () => (await life.snapshot()).cluster.status, slow).toBe('preparing-for-installation');
    await expect.poll(async () => (await fetchRunHistories(service.environment.client, life.workflowId)).length, slow).toBeGreaterThan(2);
    const closed = (await fetchRunHistories(service.environment.client, life.workflowId)).slice(0, -1);
    const pushes = closed.map(({ events }) => ({
      begun: (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'pushSubscription').length,
      ended: (events ?? []).filter((event) => event.activityTaskCompletedEventAttributes?.scheduledEventId).length,
    }));
    expect(pushes.some(({ begun }) => begun > 0)).toBe(true);
    for (const { begun, ended } of pushes) expect(ended).toBeGreaterThanOrEqual(begun);
    await expect.poll(() => listed(life), slow).toMatchObject([{ status: 'Reserved', display_name: 'second' }]);
  }, patience);
});

describe('everything that was played here', () => {
  it('replays and shows no secret', async () => {
    await verifyHistories(service);
  }, patience);
});

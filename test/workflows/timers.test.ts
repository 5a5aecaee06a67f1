import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestAmsClient } from '../support/test-ams-client';
import { clusters } from '../../src/db/schema/clusters';
import { events } from '../../src/db/schema/events';
import { intents } from '../../src/db/schema/intents';
import type { Store } from '../../src/store/store';
import { accountsPath, startTestStandin, type TestStandin } from '../ams-standin/test-standin';
import { createTestStore } from '../store/create-test-store';
import { ActivityFaults } from '../support/activity-faults';
import { ClusterLife } from '../support/cluster-life';
import { createObjectMakers, listObjects } from '../support/object-makers';
import { countEvents, fetchRunHistories } from '../support/run-histories';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
let store: Store;
let ams: TestStandin;
const faults = new ActivityFaults();
const slow = { timeout: 30_000, interval: 50 };
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

beforeAll(async () => {
  ({ store } = await createTestStore());
  ams = await startTestStandin();
  const subscriptions = createTestAmsClient(ams, 5_000);
  service = await startWorkflowService(() => ({ ...createObjectMakers(store), subscriptions }), { faults, timeSkipping: true });
});
beforeEach(() => faults.clear());
afterAll(async () => {
  await service.close();
  await ams.close();
  store.close();
});

const register = (): Promise<ClusterLife> => new ClusterLife(service).register();
const skip = (ms: number): Promise<void> => service.environment.sleep(ms);

describe('with time', () => {
  // The first test: agents' reports carry the present time, so the workflow's must not have been skipped ahead yet.
  it('a stage that takes too long is an error of the host and of the cluster; its pending timer was kept by later deadlines', async () => {
    const life = await (await register()).discover();
    await life.install();
    await expect.poll(async () => (await life.snapshot()).hosts.every((host) => host.status === 'installing'), slow).toBe(true);
    const [host] = (await life.snapshot()).hosts.filter((candidate) => !candidate.bootstrap);
    if (!host) throw new Error('no host');
    for (const stage of ['Starting installation', 'Installing', 'Writing image to disk'] as const) {
      for (const other of life.hosts) await life.progress(other, stage);
    }
    const timers = (await fetchRunHistories(service.environment.client, life.workflowId)).flatMap((run) => (run.events ?? []).filter((event) => event.timerStartedEventAttributes));
    await life.progress(host.id, 'Rebooting');
    const after = (await fetchRunHistories(service.environment.client, life.workflowId)).flatMap((run) => (run.events ?? []).filter((event) => event.timerStartedEventAttributes));
    expect(after).toHaveLength(timers.length);
    await skip(32 * minute);
    await life.reaches('error');
    expect((await life.snapshot()).hosts.every((candidate) => candidate.status === 'error')).toBe(true);
  });

  it('an image expires: its object is removed and the event recorded', async () => {
    const life = await register();
    await life.do({ operation: 'generateImage', sshPublicKey: '', imageType: 'full-iso', staticNetworkConfig: '' });
    await skip(3 * hour);
    expect(await listObjects(store, life.clusterId)).toHaveLength(1);
    await skip(hour + minute);
    await expect.poll(() => life.eventNames(), slow).toContain('image_deleted_expired');
    expect(await listObjects(store, life.clusterId)).toEqual([]);
    expect((await life.snapshot()).infraEnv).toMatchObject({ imageGenerated: false });
  });

  it('an image that is used again lives from then on', async () => {
    const life = await register();
    const request = { operation: 'generateImage', sshPublicKey: '', imageType: 'full-iso', staticNetworkConfig: '' } as const;
    await life.do(request);
    await skip(3 * hour);
    await life.do(request);
    expect((await life.eventNames()).filter((name) => name.startsWith('image_'))).toEqual(['image_generated', 'image_reused']);
    await skip(2 * hour);
    expect(await listObjects(store, life.clusterId)).toHaveLength(1);
    await skip(2 * hour + minute);
    await expect.poll(() => life.eventNames(), slow).toContain('image_deleted_expired');
    expect(await listObjects(store, life.clusterId)).toEqual([]);
  });

  it('a preparation that does not end takes the cluster back to ready', async () => {
    const life = await (await register()).discover();
    await life.do({ operation: 'install' });
    await expect.poll(() => faults.count('prepareArtefacts', life.clusterId), slow).toBe(1);
    await skip(11 * minute);
    await expect.poll(() => life.eventNames(), slow).toContain('preparing_timed_out');
    await life.reaches('ready');
  });

  it('a cluster that nothing happens to is announced, deregistered, and 72 hours later gone with everything of it', async () => {
    const life = await register();
    const warned = async () => (await life.eventNames()).filter((name) => name === 'cluster_inactivity_warning').length;
    await expect.poll(async () => (await life.explain()).subscription.applied, slow).toBe('Reserved');
    await store.putObject({ bucket: 'private', key: `${life.clusterId}/logs/controller.log` }, 'log');
    const neighbour = await register();
    await store.putObject({ bucket: 'private', key: `${neighbour.clusterId}/logs/controller.log` }, 'log');
    await skip(13 * day);
    await neighbour.do({ operation: 'updateCluster', name: 'neighbour' });
    const eventsOfNeighbour = await neighbour.eventNames();
    expect(await warned()).toBe(0);
    await skip(1 * day + hour);
    await expect.poll(warned, slow).toBe(1);
    await skip(6 * day);
    await expect.poll(warned, slow).toBe(2);
    await skip(1 * day);
    await expect.poll(() => life.eventNames(), slow).toContain('cluster_inactive_deregistered');
    await expect.poll(async () => (await life.explain()).subscription.applied, slow).toBe('released');
    expect(await listObjects(store, life.clusterId)).toHaveLength(1);
    await skip(73 * hour);
    await expect.poll(() => life.handle.describe().then(({ status }) => status.name), slow).toBe('COMPLETED');
    expect(await listObjects(store, life.clusterId)).toEqual([]);
    for (const rows of [
      await service.database.db.select().from(clusters).where(eq(clusters.id, life.clusterId)),
      await service.database.db.select().from(events).where(eq(events.clusterId, life.clusterId)),
      await service.database.db.select().from(intents).where(eq(intents.clusterId, life.clusterId)),
    ]) expect(rows).toEqual([]);
    const search = encodeURIComponent(`cluster_id = '${life.clusterId}'`);
    const found = await ams.call(await ams.serviceToken(), 'GET', `${accountsPath}/subscriptions?search=${search}`);
    expect(((await found.json()) as { total: number }).total).toBe(0);

    // What is of another cluster is as it was, but for what time brought to it.
    expect((await neighbour.snapshot()).cluster.name).toBe('neighbour');
    expect((await neighbour.eventNames()).slice(0, eventsOfNeighbour.length)).toEqual(eventsOfNeighbour);
    expect(await listObjects(store, neighbour.clusterId)).toEqual([`${neighbour.clusterId}/logs/controller.log`]);
    expect(await neighbour.explain()).toMatchObject({ phase: 'discover', subscription: { applied: 'Reserved' } });
  });

  it('a deregistered cluster stays until AMS lets its subscription go', async () => {
    const life = await register();
    await expect.poll(async () => (await life.explain()).subscription.applied, slow).toBe('Reserved');
    faults.arm('pushSubscription', { times: 1_000 });
    await life.do({ operation: 'deregister' });
    await skip(80 * hour);
    expect(await life.explain()).toMatchObject({ phase: 'retire' });
    faults.clear();
    await skip(15 * minute);
    await expect.poll(() => life.handle.describe().then(({ status }) => status.name), slow).toBe('COMPLETED');
  });
});

describe('without the database', () => {
  it('ten minutes cost a busy cluster few events, even if a deadline passes, and all is applied afterwards', async () => {
    const life = await register();
    await life.do({ operation: 'generateImage', sshPublicKey: '', imageType: 'full-iso', staticNetworkConfig: '' });
    await skip(3 * hour + 55 * minute);
    const before = countEvents(await fetchRunHistories(service.environment.client, life.workflowId));
    faults.arm('refreshCluster', { times: 1_000 });
    await service.messenger.signal(life.clusterId, 'factsChanged', { what: 'test' });
    await skip(10 * minute);
    const during = countEvents(await fetchRunHistories(service.environment.client, life.workflowId));
    process.stdout.write(`ten minutes without a database: ${during - before} events\n`);
    expect(during - before).toBeLessThanOrEqual(60);
    faults.clear();
    await skip(2 * minute);
    await expect.poll(() => life.eventNames(), slow).toContain('image_deleted_expired');
  });

  it('a registration that was never stored ends with its workflow and takes back what AMS reserved', async () => {
    const life = new ClusterLife(service);
    faults.arm('refreshCluster', { times: 1_000 });
    await expect(life.registerOnce()).rejects.toMatchObject({ kind: 'Unavailable' });
    await skip(4 * minute);
    faults.clear();
    await skip(10 * minute);
    await expect.poll(() => life.handle.describe().then(({ status }) => status.name), slow).toBe('COMPLETED');
    const search = encodeURIComponent(`cluster_id = '${life.clusterId}'`);
    const found = await ams.call(await ams.serviceToken(), 'GET', `${accountsPath}/subscriptions?search=${search}`);
    expect(((await found.json()) as { total: number }).total).toBe(0);
  });
});

describe('everything that was played here', () => {
  it('replays and shows no secret', async () => {
    await verifyHistories(service);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { failureTypes, permanentFailure } from '../../activities/failures';
import { createTestAmsClient } from '../support/test-ams-client';
import { findIntent } from '../../src/db/intents';
import { loadSnapshot } from '../../src/db/load-snapshot';
import { clusterVersions } from '../../src/db/schema/clusters';
import { infraEnvs } from '../../src/db/schema/infra-envs';
import type { GenerateImageIntent } from '../../src/domain/cluster/intents';
import { sendIntent } from '../../src/services/clusters/send-intent';
import type { Store } from '../../src/store/store';
import { createClusterMessenger } from '../../src/temporal/cluster-messenger';
import { createTemporalClient } from '../../src/temporal/connect';
import { accountsPath, startTestStandin, type TestStandin } from '../ams-standin/test-standin';
import { recordHistories } from '../replay/record';
import { createTestStore } from '../store/create-test-store';
import { ActivityFaults } from '../support/activity-faults';
import { ClusterLife } from '../support/cluster-life';
import { createObjectMakers, listObjects } from '../support/object-makers';
import { registerIntent } from '../support/register-intent';
import { fetchRunHistories } from '../support/run-histories';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
let store: Store;
let ams: TestStandin;
const faults = new ActivityFaults();
const slow = { timeout: 30_000, interval: 50 };

beforeAll(async () => {
  ({ store } = await createTestStore());
  ams = await startTestStandin();
  const subscriptions = createTestAmsClient(ams, 5_000);
  service = await startWorkflowService(() => ({ ...createObjectMakers(store), subscriptions }), { faults });
});
beforeEach(async () => {
  faults.clear();
  await fetch(`${ams.url}/faults`, { method: 'DELETE' });
});
afterAll(async () => {
  await service.close();
  await ams.close();
  store.close();
});

const newLife = (): ClusterLife => new ClusterLife(service);
const register = (): Promise<ClusterLife> => newLife().registerOnce();
const isCompleted = (life: ClusterLife) => life.handle.describe().then(({ status }) => status.name === 'COMPLETED');
const unavailable = { kind: 'Unavailable' };
const image: GenerateImageIntent = { operation: 'generateImage', sshPublicKey: '', imageType: 'full-iso', staticNetworkConfig: '' };

async function subscriptionsOf(life: ClusterLife): Promise<{ id: string; status: string; display_name: string }[]> {
  const search = encodeURIComponent(`cluster_id = '${life.clusterId}'`);
  const response = await ams.call(await ams.serviceToken(), 'GET', `${accountsPath}/subscriptions?search=${search}`);
  return ((await response.json()) as { items: { id: string; status: string; display_name: string }[] }).items;
}

describe('a registration', () => {
  it('is not held up by a refresh that fails once', async () => {
    const life = newLife();
    faults.arm('refreshCluster', { clusterId: life.clusterId });
    await life.registerOnce();
    expect(await life.explain()).toMatchObject({ phase: 'discover', refreshFailures: 0 });
    await expect.poll(() => subscriptionsOf(life), slow).toMatchObject([{ status: 'Reserved' }]);
  });

  it('that AMS refuses leaves nothing behind', async () => {
    await ams.arm({ match: { method: 'POST', path: 'cluster_authorizations' }, status: 403 });
    const life = newLife();
    await expect(life.registerOnce()).rejects.toMatchObject({ kind: 'Forbidden' });
    await expect.poll(() => isCompleted(life), slow).toBe(true);
    expect(await loadSnapshot(service.database.db, life.clusterId)).toBeUndefined();
    expect(await subscriptionsOf(life)).toEqual([]);
  });

  it('that AMS does not answer is accepted, and its subscription follows', async () => {
    await ams.arm({ status: 503, times: 3 });
    const life = await register();
    await expect.poll(() => subscriptionsOf(life), slow).toMatchObject([{ status: 'Reserved' }]);
    await expect.poll(async () => (await life.snapshot()).cluster.amsSubscriptionId, slow).not.toBe('');
  });

  it('whose reply from AMS is lost reserves one subscription', async () => {
    await ams.arm({ match: { method: 'POST', path: 'cluster_authorizations' }, drop_after: true });
    const life = await register();
    await expect.poll(async () => (await life.explain()).subscription.applied, slow).toBe('Reserved');
    expect(await subscriptionsOf(life)).toHaveLength(1);
  });

  it('whose rows could not be stored answers Unavailable and succeeds with the same key', async () => {
    const life = newLife();
    faults.arm('refreshCluster', { clusterId: life.clusterId, times: 2 });
    await expect(life.registerOnce({}, `key-${life.clusterId}`)).rejects.toMatchObject(unavailable);
    await life.registerOnce({}, `key-${life.clusterId}`);
    expect(await life.explain()).toMatchObject({ phase: 'discover' });
    expect(await subscriptionsOf(life)).toHaveLength(1);
  });

  it('whose rows were stored although the answer was lost is answered as applied and keeps its workflow', async () => {
    const life = newLife();
    faults.arm('refreshCluster', { clusterId: life.clusterId, times: 2, after: true });
    await life.registerOnce();
    await expect.poll(async () => (await life.explain()).phase, slow).toBe('discover');
    await life.do({ operation: 'updateCluster', name: 'found-again' });
    expect(await life.explain()).toMatchObject({ name: 'found-again', attentionNeeded: null });
  });
});

describe('facts and changes', () => {
  it('wait for the database and are all applied afterwards, each once', async () => {
    const life = await register();
    faults.arm('refreshCluster', { clusterId: life.clusterId, times: 2 });
    await life.registerHosts(2);
    expect((await life.eventNames()).filter((name) => name === 'host_registered')).toHaveLength(2);
    expect((await life.explain()).hosts).toHaveLength(2);
  });

  it('that were applied although the answer was lost are not applied again', async () => {
    const life = await register();
    faults.arm('refreshCluster', { clusterId: life.clusterId, times: 2, after: true });
    const key = `key-${life.clusterId}`;
    await life.do({ operation: 'updateCluster', name: 'changed' }, key);
    await life.do({ operation: 'updateCluster', name: 'changed' }, key);
    await expect.poll(async () => (await life.explain()).name, slow).toBe('changed');
    expect(await life.explain()).toMatchObject({ attentionNeeded: null });
  });

  it('of two requests with one key are applied once and answered alike', async () => {
    const life = await register();
    const key = `key-${life.clusterId}`;
    const open = faults.hold('refreshCluster');
    const both = Promise.all([1, 2].map(() => life.do({ operation: 'updateCluster', name: 'twin' }, key)));
    await expect.poll(() => faults.count('refreshCluster', life.clusterId), slow).toBeGreaterThan(1);
    open();
    await both;
    expect(await life.explain()).toMatchObject({ name: 'twin' });
  });
});

describe('rows ahead of the workflow', () => {
  /** Writes a revision as refreshes whose results were lost would have; without their ids as somebody else would. */
  async function writeAhead(life: ClusterLife, revisions: number, refreshes: number): Promise<void> {
    const { db } = service.database;
    const [row] = await db.select().from(clusterVersions).where(eq(clusterVersions.clusterId, life.clusterId));
    await db.update(clusterVersions)
      .set({ revision: Number(row?.revision) + revisions, refreshId: `${Number(row?.refreshId) + refreshes}` })
      .where(eq(clusterVersions.clusterId, life.clusterId));
  }

  it('written by its own refreshes of a lost workflow task: a user\'s request is applied, and nobody is alarmed', async () => {
    const life = await register();
    await writeAhead(life, 2, 2);
    await life.do({ operation: 'updateCluster', name: 'after-a-lost-task' });
    expect((await life.snapshot()).cluster.name).toBe('after-a-lost-task');
    expect(await life.explain()).toMatchObject({ attentionNeeded: null, refreshFailures: 0 });
  });

  it('written by somebody else: a user\'s request is applied to them, and a person is told', async () => {
    const life = await register();
    await writeAhead(life, 1, 0);
    await life.do({ operation: 'updateCluster', name: 'after-somebody-else' });
    expect((await life.snapshot()).cluster.name).toBe('after-somebody-else');
    expect(await life.explain()).toMatchObject({ attentionNeeded: expect.stringMatching(/revision 2/) });
  });
});

describe('a discovery image', () => {
  it('is built once for two concurrent requests: the other is refused', async () => {
    const life = await register();
    const results = await Promise.allSettled([life.do(image), life.do(image)]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ kind: 'Conflict' });
    expect(await listObjects(store, life.clusterId)).toEqual([`discovery-image-${life.clusterId}.iso`]);
    expect(await life.eventNames()).toContain('image_generated');
  });

  it('is built in spite of an attempt that fails', async () => {
    faults.arm('buildImage');
    const life = await register();
    await life.do(image);
    expect((await life.snapshot()).infraEnv).toMatchObject({ imageGenerated: true });
  });

  it.each([
    ['for what its user asks', 'the ignition does not fit', ['full-iso', 'Invalid'], 'Invalid'],
    ['yet', 'the base image is being published', ['full-iso', 'Conflict'], 'Conflict'],
    ['for what only operators can mend', 'the base image is damaged', ['full-iso', 'Internal'], 'Internal'],
    ['by a worker that tells no more', 'the ignition does not fit', ['full-iso'], 'Internal'],
  ])('that cannot be built %s is told to its user and the events', async (_why, reason, details, kind) => {
    faults.arm('buildImage', { error: () => permanentFailure(failureTypes.imageRefused, reason, ...details) });
    const life = await register();
    await expect(life.do(image)).rejects.toMatchObject({ kind, message: reason });
    await expect.poll(() => life.eventNames(), slow).toContain('image_generate_failed');
    expect((await life.snapshot()).infraEnv).toMatchObject({ imageGenerated: false });
  });

  it('is made once for requests that come while it is made', async () => {
    const life = await register();
    const open = faults.hold('buildImage');
    const first = life.do(image);
    await expect.poll(() => faults.count('buildImage', life.clusterId), slow).toBe(1);
    const { db } = service.database;
    await db.update(infraEnvs).set({ imageCreatedAt: new Date(Date.now() - 60_000) }).where(eq(infraEnvs.id, life.clusterId));
    const second = life.do(image);
    await expect.poll(async () => (await life.snapshot()).infraEnv.imageCreatedAt?.getTime(), slow).toBeGreaterThan(Date.now() - 50_000);
    open();
    await Promise.all([first, second]);
    expect((await life.eventNames()).filter((name) => name.startsWith('image_'))).toEqual(['image_generated']);
    expect((await life.snapshot()).infraEnv).toMatchObject({ imageGenerated: true });
    expect(await listObjects(store, life.clusterId)).toEqual([`discovery-image-${life.clusterId}.iso`]);
  });

  it('is made though the process that asked for it is gone', async () => {
    const life = await register();
    const open = faults.hold('buildImage');
    const { address, namespace } = service.environment;
    const { client, connection } = createTemporalClient({ address, namespace: namespace ?? 'default' });
    const messenger = createClusterMessenger(client);
    const asked = sendIntent({ db: service.database.db, messenger }, { clusterId: life.clusterId, userName: 'ann', body: image });
    asked.catch(() => undefined);
    await expect.poll(() => faults.count('buildImage', life.clusterId), slow).toBe(1);
    await connection.close();
    open();
    await expect.poll(async () => (await life.snapshot()).infraEnv.imageGenerated, slow).toBe(true);
    expect((await life.eventNames()).filter((name) => name === 'image_generated')).toHaveLength(1);
    await Promise.allSettled([asked]);
  });

  it('that failed is known to have failed before the request that waits behind it is met', async () => {
    const life = await register();
    const { db } = service.database;
    await life.do(image);
    await store.deleteObject({ bucket: 'private', key: `discovery-image-${life.clusterId}.iso` });
    const age = () => db.update(infraEnvs).set({ imageCreatedAt: new Date(Date.now() - 60_000) }).where(eq(infraEnvs.id, life.clusterId));
    const open = faults.hold('buildImage');
    await age();
    const first = life.do(image);
    first.catch(() => undefined);
    await expect.poll(() => faults.count('buildImage', life.clusterId), slow).toBe(2);
    await age();
    const second = life.do(image);
    await expect.poll(async () => (await life.snapshot()).infraEnv.imageCreatedAt?.getTime(), slow).toBeGreaterThan(Date.now() - 50_000);
    // It is made, but that is not told; and what became of it cannot be written down at once.
    faults.arm('buildImage', { after: true, error: () => permanentFailure(failureTypes.imageRefused, 'cut off') });
    faults.arm('refreshCluster', { clusterId: life.clusterId, times: 2 });
    open();
    await expect(first).rejects.toMatchObject({ message: 'cut off' });
    await second;
    expect(faults.count('buildImage', life.clusterId)).toBe(3);
    expect((await life.eventNames()).filter((name) => name === 'image_generated' || name === 'image_generate_failed').sort()).toEqual(['image_generate_failed', 'image_generated', 'image_generated']);
    expect((await life.snapshot()).infraEnv).toMatchObject({ imageGenerated: true });
    if (process.env['RECORD_HISTORIES'] === 'yes') await recordHistories('failed-image', await fetchRunHistories(service.environment.client, life.workflowId));
  });

  it('is built although the answer to its request was lost', async () => {
    const life = await register();
    faults.arm('refreshCluster', { clusterId: life.clusterId, times: 2, after: true });
    await expect(life.do(image)).rejects.toMatchObject(unavailable);
    await expect.poll(async () => (await life.snapshot()).infraEnv.imageGenerated, slow).toBe(true);
    expect(await listObjects(store, life.clusterId)).toEqual([`discovery-image-${life.clusterId}.iso`]);
  });
});

describe('a preparation', () => {
  it('succeeds in spite of an attempt that fails', async () => {
    faults.arm('prepareArtefacts');
    const life = await (await register()).discover();
    await life.install();
    expect((await life.snapshot()).cluster.openshiftClusterId).not.toBe('');
  });

  it('that fails for good takes the cluster back to ready, and a second one succeeds', async () => {
    const life = await (await register()).discover();
    faults.arm('prepareArtefacts', { error: () => permanentFailure(failureTypes.artefactsRefused, 'no such release') });
    await life.do({ operation: 'install' });
    await life.reaches('ready');
    expect(await life.eventNames()).toContain('prepare_failed');
    await expect.poll(async () => (await life.snapshot()).hosts.map((host) => host.status), slow).toEqual(['known', 'known', 'known']);
    await life.install();
  });

  it('that was cancelled does not answer for the next one', async () => {
    const life = await (await register()).discover();
    const open = faults.hold('prepareArtefacts');
    await life.do({ operation: 'install' });
    await expect.poll(() => faults.count('prepareArtefacts', life.clusterId), slow).toBe(1);
    await life.do({ operation: 'cancel' });
    await life.reaches('ready');
    await life.do({ operation: 'updateCluster', additionalNtpSource: '10.9.9.9' });
    await life.do({ operation: 'install' });
    open();
    await life.prepareHosts();
    await life.reaches('installing');
    expect(faults.count('prepareArtefacts', life.clusterId)).toBe(2);
    expect((await store.readObject({ bucket: 'private', key: `${life.clusterId}/install-config.yaml` })).toString()).toContain('10.9.9.9');
  });

  it('that is reset leaves nothing, even if it goes on writing for a while', async () => {
    const life = await (await register()).discover();
    const open = faults.hold('prepareArtefacts');
    await life.do({ operation: 'install' });
    await expect.poll(() => faults.count('prepareArtefacts', life.clusterId), slow).toBe(1);
    await life.do({ operation: 'reset' });
    open();
    await expect.poll(() => faults.count('removeInstallation', life.clusterId), slow).toBe(1);
    await expect.poll(() => listObjects(store, life.clusterId), slow).toEqual([]);
  });

  it('ends with the deregistration of its cluster', async () => {
    const life = await (await register()).discover();
    const open = faults.hold('prepareArtefacts');
    await life.do({ operation: 'install' });
    await expect.poll(() => faults.count('prepareArtefacts', life.clusterId), slow).toBe(1);
    await life.do({ operation: 'deregister' });
    open();
    await expect.poll(async () => (await life.explain()).subscription.applied, slow).toBe('released');
    expect(await life.eventNames()).not.toContain('prepare_succeeded');
    expect(await subscriptionsOf(life)).toEqual([]);
  });
});

describe('an installation', () => {
  it('is not delayed by AMS, which learns of everything later', async () => {
    const life = await (await register()).discover();
    await ams.arm({ match: { path: 'accounts_mgmt' }, status: 500, times: 1_000 });
    await life.install();
    await life.runStages();
    await life.finalize(store);
    expect(await subscriptionsOf(life).catch(() => undefined)).toBeUndefined();
    const { openshiftClusterId } = (await life.snapshot()).cluster;
    const notification = { authorization_token: 'planted-pull-secret', external_cluster_id: openshiftClusterId };
    const made = (await (await fetch(`${ams.url}/telemetry/notifications`, { method: 'POST', body: JSON.stringify(notification) })).json()) as { id: string };
    await fetch(`${ams.url}/faults`, { method: 'DELETE' });
    await expect.poll(() => subscriptionsOf(life), { timeout: 40_000, interval: 200 }).toMatchObject([{ status: 'Active' }]);
    // Its metrics came before its subscription knew it: people are told of the one that they made.
    await expect.poll(() => life.eventNames(), slow).toContain('subscription_unsubscribed_found');
    expect((await life.explain()).attentionNeeded).toContain(made.id);
  });

  it('can be cancelled and reset; what it stored is gone, even after an attempt that fails', async () => {
    const life = await (await register()).discover();
    await life.install();
    await life.do({ operation: 'cancel' });
    expect(await life.snapshot()).toMatchObject({ cluster: { status: 'cancelled' } });
    expect((await life.snapshot()).hosts.map((host) => host.status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    faults.arm('removeInstallation');
    await life.do({ operation: 'reset' });
    expect((await life.snapshot()).hosts.map((host) => host.status)).toEqual(Array(3).fill('resetting-pending-user-action'));
    await expect.poll(() => listObjects(store, life.clusterId), slow).toEqual([]);
  });

  it('cannot be cancelled, reset or deregistered where the state forbids it', async () => {
    const life = await (await register()).discover();
    await expect(life.do({ operation: 'cancel' })).rejects.toMatchObject({ kind: 'Conflict' });
    await expect(life.do({ operation: 'reset' })).rejects.toMatchObject({ kind: 'Conflict' });
    await life.install();
    await expect(life.do({ operation: 'deregister' })).rejects.toMatchObject({ kind: 'Conflict' });
    await life.runStages();
    await life.do({ operation: 'reset' });
    await expect(life.do({ operation: 'install' })).rejects.toMatchObject({ kind: 'Invalid' });
  });
});

describe('AMS', () => {
  it('that refuses an update later is told to people, and the cluster stays', async () => {
    const life = await register();
    await expect.poll(async () => (await life.explain()).subscription.applied, slow).toBe('Reserved');
    await ams.arm({ match: { method: 'PATCH' }, status: 400 });
    await life.do({ operation: 'updateCluster', name: 'renamed' });
    await expect.poll(() => life.eventNames(), slow).toContain('subscription_refused');
    const { subscription, phase } = await life.explain();
    expect({ phase, refused: subscription.refused }).toEqual({ phase: 'discover', refused: expect.stringContaining('400') });
    expect(Date.parse(subscription.retryAt ?? '')).toBeGreaterThan(Date.now() + 50 * 60_000);
    await life.do({ operation: 'updateCluster', name: registerIntent().name });
    expect((await life.explain()).subscription).toMatchObject({ refused: null, retryAt: null });
  });
});

describe('everything that was played here', () => {
  it('replays and shows no secret', async () => {
    await verifyHistories(service);
  });

  it('left no intent pending that its user was told of', async () => {
    for (const life of service.lives) {
      const ids = faults.calls.flatMap(({ request }) => ((request as { clusterId?: string; intents?: string[] }).clusterId === life.clusterId ? ((request as { intents?: string[] }).intents ?? []) : []));
      for (const id of new Set(ids)) expect((await findIntent(service.database.db, id))?.status).not.toBe('pending');
    }
  });
});

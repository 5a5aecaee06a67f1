import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { eq } from 'drizzle-orm';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage } from '../../activities/build-image';
import type { ActivityControl } from '../../activities/control';
import type { ActivityDeps } from '../../activities/deps';
import { prepareArtefacts } from '../../activities/prepare-artefacts';
import { publishBaseImage } from '../../activities/publish-base-image';
import { purgeCluster } from '../../activities/purge-cluster';
import { refreshCluster } from '../../activities/refresh-cluster';
import { removeImage, removeInstallation } from '../../activities/remove-objects';
import { schema, type DatabaseConnection } from '../../src/db/client';
import { createArtefactRuns } from '../../src/db/artefact-runs';
import { insertIntent } from '../../src/db/intents';
import type { ClusterIntent, GenerateImageIntent } from '../../src/domain/cluster/intents';
import { createArtefactMaker } from '../../src/installer/artefact-maker';
import { ensureBaseImage } from '../../src/iso/base-image';
import { BaseImageNotReady, ImageError, UnfitConfiguration } from '../../src/iso/image-error';
import type { Store } from '../../src/store/store';
import { createTestStore } from '../store/create-test-store';
import { makeLiveImage } from '../support/live-image';
import { databaseDeps } from '../support/activity-deps';
import { domainSettings } from '../support/domain-settings';
import { createObjectMakers, listObjects, plantedSecrets } from '../support/object-makers';
import { registerIntent } from '../support/register-intent';
import { openTestDatabase } from '../support/test-database';

let database: DatabaseConnection;
let store: Store;
let deps: ActivityDeps;
let builds = 0;
const control: ActivityControl = { signal: new AbortController().signal, heartbeat: () => undefined };

beforeAll(async () => {
  database = await openTestDatabase();
  ({ store } = await createTestStore());
  const makers = createObjectMakers(store);
  const generator = {
    description: 'of the test',
    generate: () => Promise.resolve({ files: { 'kubeadmin-password': randomBytes(8).toString('hex'), 'kubeconfig-noingress': randomBytes(8).toString('hex') }, openshiftClusterId: randomUUID() }),
  };
  deps = databaseDeps(database, {
    images: {
      ...makers.images,
      build: (order, signal) => {
        builds += 1;
        return makers.images.build(order, signal);
      },
    },
    artefacts: { ...makers.artefacts, ...createArtefactMaker({ store, generator, runs: createArtefactRuns(database.db), site: {}, settings: domainSettings(), newId: randomUUID }) },
  });
});
afterAll(async () => {
  await database.close();
  store.close();
});

async function storeIntent(clusterId: string, body: ClusterIntent): Promise<string> {
  const id = randomUUID();
  const secret = deps.secretBox.seal(plantedSecrets.pullSecret);
  await insertIntent(database.db, { id, clusterId, requestId: id, userName: 'ann', body, secret, at: new Date() });
  return id;
}

let refreshes = 0;
async function apply(clusterId: string, body: ClusterIntent, revision: number): Promise<{ intentId: string; revision: number }> {
  const intentId = await storeIntent(clusterId, body);
  refreshes += 1;
  const result = await refreshCluster(deps, { clusterId, refreshId: `${refreshes}`, revision, now: Date.now(), intents: [intentId], refusals: [], outcomes: [] });
  expect(result.intents[intentId]).toMatchObject({ applied: true });
  return { intentId, revision: result.revision };
}

async function registerCluster(): Promise<{ clusterId: string; revision: number }> {
  const clusterId = randomUUID();
  return { clusterId, ...(await apply(clusterId, registerIntent(), 0)) };
}

/** What the intent to install does to the row, as far as the preparation looks at it. */
async function beginInstallation(clusterId: string): Promise<void> {
  const status = 'preparing-for-installation' as const;
  await database.db.update(schema.clusters).set({ status, installStartedAt: new Date() }).where(eq(schema.clusters.id, clusterId));
}

const image: GenerateImageIntent = { operation: 'generateImage', sshPublicKey: '', imageType: 'full-iso', staticNetworkConfig: '' };

describe('prepareArtefacts', () => {
  it('run twice for an installation leaves its one set of artefacts; the next installation gets another', async () => {
    const { clusterId } = await registerCluster();
    await beginInstallation(clusterId);
    const first = await prepareArtefacts(deps, { clusterId }, control);
    const keys = await listObjects(store, clusterId);
    const password = (await store.readObject({ bucket: 'private', key: `${clusterId}/kubeadmin-password` })).toString();
    expect(await prepareArtefacts(deps, { clusterId }, control)).toEqual(first);
    expect(await listObjects(store, clusterId)).toEqual(keys);
    expect((await store.readObject({ bucket: 'private', key: `${clusterId}/kubeadmin-password` })).toString()).toBe(password);
    await beginInstallation(clusterId);
    expect((await prepareArtefacts(deps, { clusterId }, control)).openshiftClusterId).not.toBe(first.openshiftClusterId);
    expect(await listObjects(store, clusterId)).toHaveLength(keys.length);
    expect((await store.readObject({ bucket: 'private', key: `${clusterId}/kubeadmin-password` })).toString()).not.toBe(password);
    await store.putObject({ bucket: 'private', key: `${clusterId}/logs/controller.log` }, 'log');
    await database.db.update(schema.clusters).set({ status: 'insufficient' }).where(eq(schema.clusters.id, clusterId));
    await removeInstallation(deps, { clusterId });
    await removeInstallation(deps, { clusterId });
    expect(await listObjects(store, clusterId)).toEqual([`${clusterId}/logs/controller.log`, `${clusterId}/manifests/generated.json`]);
  });

  it('refuses for good what cannot be prepared', async () => {
    await expect(prepareArtefacts(deps, { clusterId: randomUUID() }, control)).rejects.toMatchObject({ nonRetryable: true, type: 'ArtefactsRefused' });
  });
});

describe('buildImage', () => {
  it('run twice leaves one image; a reused one is built only if it was lost', async () => {
    const { clusterId, revision } = await registerCluster();
    const { intentId, revision: requested } = await apply(clusterId, image, revision);
    const first = await buildImage(deps, { clusterId, intentId, reuse: false }, control);
    expect(await buildImage(deps, { clusterId, intentId, reuse: false }, control)).toEqual(first);
    expect(await listObjects(store, clusterId)).toEqual([`discovery-image-${clusterId}.iso`]);
    // Nobody has told that the making succeeded: what lies there may be of another request.
    expect(await buildImage(deps, { clusterId, intentId, reuse: true }, control)).toEqual(first);
    const { sizeBytes, sshPublicKey, imageType, staticNetworkConfig } = first;
    await refreshCluster(deps, {
      clusterId, refreshId: 'built', revision: requested, now: Date.now(), intents: [], refusals: [],
      outcomes: [{ at: Date.now(), outcome: { kind: 'imageBuilt', sizeBytes, sshPublicKey, imageType, staticNetworkConfig } }],
    });
    const before = builds;
    expect(await buildImage(deps, { clusterId, intentId, reuse: true }, control)).toEqual({ ...first, reused: true });
    expect(builds).toBe(before);
    await removeImage(deps, { clusterId });
    await removeImage(deps, { clusterId });
    expect(await listObjects(store, clusterId)).toEqual([]);
    expect(await buildImage(deps, { clusterId, intentId, reuse: true }, control)).toEqual(first);
    expect(builds).toBe(before + 1);
  });

  it('tells a configuration that does not fit from a fault that passes', async () => {
    const { clusterId, revision } = await registerCluster();
    const { intentId } = await apply(clusterId, image, revision);
    const failing = (error: Error): ActivityDeps => ({ ...deps, images: { ...deps.images, build: () => Promise.reject(error) } });
    const request = { clusterId, intentId, reuse: false };
    await expect(buildImage(failing(new ImageError('no live image')), request, control)).rejects.toMatchObject({ nonRetryable: true, message: 'no live image', details: ['full-iso', 'Internal'] });
    await expect(buildImage(failing(new UnfitConfiguration('too big')), request, control)).rejects.toMatchObject({ nonRetryable: true, message: 'too big', details: ['full-iso', 'Invalid'] });
    await expect(buildImage(failing(new BaseImageNotReady('wait')), request, control)).rejects.toMatchObject({ nonRetryable: true, message: 'wait', details: ['full-iso', 'Conflict'] });
    await expect(buildImage(failing(new Error('no answer')), request, control)).rejects.toThrow('no answer');
  });
});

describe('purgeCluster', () => {
  it('deletes everything of one cluster and nothing of another, twice with the same end; only what is deregistered', async () => {
    const [gone, other] = [await registerCluster(), await registerCluster()];
    for (const { clusterId } of [gone, other]) {
      await beginInstallation(clusterId);
      await prepareArtefacts(deps, { clusterId }, control);
    }
    await expect(purgeCluster({ ...deps, artefacts: { ...deps.artefacts, removeAll: () => Promise.resolve() }, images: { ...deps.images, remove: () => Promise.resolve() } }, gone)).rejects.toThrow('not deregistered');
    await apply(gone.clusterId, { operation: 'deregister' }, gone.revision);
    const rows = async () => Promise.all(Object.values(schema).map(async (table) => (await database.db.select().from(table)) as object[]));
    const mine = (all: object[][], id: string) => all.flat().filter((row) => Object.values(row).includes(id));
    const before = await rows();
    expect(mine(before, gone.clusterId).length).toBeGreaterThan(4);
    const kept = await listObjects(store, other.clusterId);
    for (let run = 0; run < 2; run += 1) {
      await purgeCluster(deps, { clusterId: gone.clusterId });
      const after = await rows();
      expect(mine(after, gone.clusterId)).toEqual([]);
      expect(mine(after, other.clusterId)).toEqual(mine(before, other.clusterId));
      expect(await listObjects(store, gone.clusterId)).toEqual([]);
      expect(await listObjects(store, other.clusterId)).toEqual(kept);
    }
  });
});

describe('publishBaseImage', () => {
  it('run twice fetches once, and refuses for good what cannot be published', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'base-image-'));
    await writeFile(join(dir, 'rhcos.iso'), makeLiveImage(40_000));
    const url = pathToFileURL(join(dir, 'rhcos.iso')).href;
    const publishing: ActivityDeps = { ...deps, baseImages: { ...deps.baseImages, publish: (version, signal) => ensureBaseImage(store, version, { url }, { signal }) } };
    expect(await publishBaseImage(publishing, { rhcosVersion: '48.84' }, control)).toEqual({ key: 'rhcos-48.84.iso', sizeBytes: 40_000, fetched: true });
    await rm(dir, { recursive: true });
    expect(await publishBaseImage(publishing, { rhcosVersion: '48.84' }, control)).toEqual({ key: 'rhcos-48.84.iso', sizeBytes: 40_000, fetched: false });
    const refused: ActivityDeps = { ...deps, baseImages: { ...deps.baseImages, publish: () => Promise.reject(new ImageError('RHCOS 1 is not configured')) } };
    await expect(publishBaseImage(refused, { rhcosVersion: '1' }, control)).rejects.toMatchObject({ nonRetryable: true, type: 'ImageRefused' });
  });
});

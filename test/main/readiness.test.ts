import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load';
import { baseImageAddress } from '../../src/iso/base-image';
import { noting } from '../../src/iso/failure-note';
import { ImageError } from '../../src/iso/image-error';
import { minimalTemplateAddress } from '../../src/iso/minimal/minimal-template';
import { createBaseImageWatch } from '../../src/main/base-image-watch';
import { createReadiness } from '../../src/main/readiness';
import { createWorld, type World } from '../../src/main/world';
import { completeSettings } from '../support/complete-settings';
import { createBucket } from '../support/create-bucket';
import { createDatabase } from '../support/create-database';
import { findFreePort } from '../support/free-port';

const version = (rhcos: string) => ({ display_name: rhcos, release_version: rhcos, release_image: 'quay.io/x', rhcos_image: 'file:///live.iso', rhcos_rootfs: 'https://mirror.example/rootfs.img', rhcos_version: rhcos, support_level: 'production' });
const slow = { timeout: 60_000, interval: 50 };
let world: World;
let readiness: ReturnType<typeof createReadiness>;

beforeAll(async () => {
  const [databaseUrl, bucket, port] = await Promise.all([createDatabase(), createBucket(), findFreePort()]);
  world = createWorld(loadSettings({
    ...completeSettings, DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
    S3_ENDPOINT_URL: bucket.url, S3_REGION: bucket.region, S3_BUCKET: bucket.bucket, S3_BUCKET_PUBLIC: bucket.bucket, S3_ACCESS_KEY_ID: bucket.accessKey, S3_SECRET_ACCESS_KEY: bucket.secretKey,
    OPENSHIFT_VERSIONS: JSON.stringify({ '4.8': { ...version('one'), default: true }, '4.9': version('two') }),
  }));
  const watch = createBaseImageWatch({ ...world, requestBaseImage: () => Promise.resolve() });
  readiness = createReadiness(world, watch, { migration: () => [], recovery: { reasons: () => [], isRecovering: () => false }, worker: () => [] });
});
afterAll(async () => {
  readiness.stop();
  await world.temporal.connection.close();
  world.store.close();
  await world.database.close();
});

const publish = async (rhcos: string): Promise<void> => {
  for (const address of [baseImageAddress(rhcos), minimalTemplateAddress(rhcos)]) await world.store.putObject(address, 'image');
};
/** Temporal is away all the time. */
const aboutImages = () => readiness.state().reasons.filter((reason) => !reason.startsWith('Temporal does not answer'));

describe('readiness', () => {
  it('waits for one version, and tells what is the matter with each', async () => {
    await expect.poll(aboutImages, slow).toEqual(['The base image of RHCOS one is not published yet. The base image of RHCOS two is not published yet.']);
    expect(readiness.state()).toMatchObject({ ready: false, serving: false });

    await noting(world.store, 'two', 'live', new AbortController().signal, () => Promise.reject(new ImageError('base image from https://mirror.example/live.iso: the server answered 404'))).catch(() => undefined);
    const two = 'The base image of RHCOS two could not be published and is tried again: base image from https://mirror.example/live.iso: the server answered 404.';
    await expect.poll(aboutImages, slow).toEqual([`The base image of RHCOS one is not published yet. ${two}`]);

    await publish('one');
    await expect.poll(aboutImages, slow).toEqual([]);
    expect(readiness.state()).toMatchObject({ ready: false, serving: true, warnings: [two, 'The minimal image of RHCOS two is not published yet.'] });

    await publish('two');
    await expect.poll(() => readiness.state().warnings, slow).toEqual([]);
  });
});

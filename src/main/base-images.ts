import { setTimeout as delay } from 'node:timers/promises';
import type { BaseImagePublisher } from '../../activities/deps';
import type { OpenshiftVersion } from '../config/openshift-versions';
import type { Settings } from '../config/schema';
import { ensureBaseImage } from '../iso/base-image';
import { findFailure, noting } from '../iso/failure-note';
import { BaseImageNotReady, ImageError } from '../iso/image-error';
import type { ImageAddress } from '../iso/image-store';
import { ensureMinimalTemplate, minimalTemplateAddress } from '../iso/minimal/minimal-template';
import type { RunTool } from '../iso/minimal/write-template';
import { ensureRootfs, rootfsAddress } from '../iso/minimal/rootfs';
import { SourceChanged, type OpenObject } from '../iso/open-source';
import type { Store } from '../store/store';
import { StoreError } from '../store/store-error';
import { startBaseImage } from '../temporal/start-standing-workflows';
import { programEnvironment } from './program-environment';
import { runProgram } from '../programs/run-program';
import type { World } from './world';

/** How long a user's request waits for a lost base image to come back before it is refused. */
const restoredWithinMs = 60_000;

/** Publishes the images of a version; what failed is noted for those who tell about it. */
export function createBaseImages({ settings, store }: Pick<World, 'settings' | 'store'>): BaseImagePublisher {
  const env = programEnvironment(settings);
  const run: RunTool = (call) => runProgram({ ...call, env });
  // One after the other: each takes about 40 MiB while it runs, and nobody waits for a second one to be faster.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    publish: (rhcosVersion, signal, heartbeat) => inTurn(() => noting(store, rhcosVersion, 'live', async () => {
      const { rhcos_image: url, rhcos_image_sha256: sha256, rhcos_rootfs: rootfsUrl } = getVersion(settings, rhcosVersion);
      const onProgress = (bytes: number): void => heartbeat(`${Math.round(bytes / 1_048_576)} MiB stored`);
      const published = await ensureBaseImage(store, rhcosVersion, { url, ...(sha256 && { sha256 }), openObject: openObjectOf(store) }, { signal, onProgress });
      if (isOurs(settings, rootfsUrl, rhcosVersion)) await ensureRootfs(store, rhcosVersion, signal);
      return published;
    })),
    makeMinimal: (rhcosVersion, signal) => inTurn(() => noting(store, rhcosVersion, 'minimal', () =>
      ensureMinimalTemplate(store, { rhcosVersion, rootfsUrl: getVersion(settings, rhcosVersion).rhcos_rootfs }, run, signal))),
  };
}

/**
 * Has a lost base image or template brought back by the workflow that publishes it, and waits for that a while. Throws BaseImageNotReady
 * with the reason when it does not come back soon.
 */
export async function restoreBaseImage({ store, temporal }: Pick<World, 'store' | 'temporal'>, rhcosVersion: string, missing: ImageAddress, signal: AbortSignal): Promise<void> {
  await startBaseImage(temporal.client, rhcosVersion);
  const image = missing.key === minimalTemplateAddress(rhcosVersion).key ? 'minimal' : 'live';
  for (const until = Date.now() + restoredWithinMs; Date.now() < until;) {
    if (await store.headObject(missing, { signal })) return;
    const reason = await findFailure(store, rhcosVersion, image) ?? await findFailure(store, rhcosVersion, 'live');
    if (reason !== undefined) throw new BaseImageNotReady(`the ${image} image of RHCOS ${rhcosVersion} is not published: ${reason}`);
    await delay(500, undefined, { signal });
  }
  throw new BaseImageNotReady(`the ${image} image of RHCOS ${rhcosVersion} is being published: try again in a few minutes`);
}

function getVersion({ OPENSHIFT_VERSIONS }: Settings, rhcosVersion: string): OpenshiftVersion {
  const version = Object.values(OPENSHIFT_VERSIONS).find((candidate) => candidate.rhcos_version === rhcosVersion);
  if (!version) throw new ImageError(`RHCOS ${rhcosVersion} is not configured`);
  return version;
}

/** Whether the address of the root file system is one of the public bucket, where only this service can put it. */
function isOurs({ S3_BUCKET_PUBLIC }: Settings, rootfsUrl: string, rhcosVersion: string): boolean {
  return rootfsUrl.endsWith(`/${S3_BUCKET_PUBLIC}/${rootfsAddress(rhcosVersion).key}`);
}

function openObjectOf(store: Pick<Store, 'openForeign'>): OpenObject {
  return async (object, { from, version, signal }) => {
    try {
      const { stream, sizeBytes, etag } = await store.openForeign(object, { from, ...(version === undefined ? {} : { etag: version }), signal });
      return { stream: stream as AsyncIterable<Buffer>, totalBytes: sizeBytes, version: etag };
    } catch (error) {
      if (error instanceof StoreError && error.type === 'Changed') throw new SourceChanged();
      if (error instanceof StoreError && (error.type === 'NotFound' || error.type === 'Rejected')) throw new ImageError(error.message, { cause: error });
      throw error;
    }
  };
}

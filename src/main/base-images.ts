import { setTimeout as delay } from 'node:timers/promises';
import type { BaseImagePublisher } from '../../activities/deps';
import type { OpenshiftVersion } from '../config/openshift-versions';
import type { Settings } from '../config/schema';
import { ensureBaseImage } from '../iso/base-image';
import { findFailure, forgetFailure, noting } from '../iso/failure-note';
import { BaseImageNotReady, ImageError } from '../iso/image-error';
import type { ImageAddress } from '../iso/image-store';
import { ensureMinimalTemplate, minimalTemplateAddress } from '../iso/minimal/minimal-template';
import type { RunTool } from '../iso/minimal/write-template';
import { ensureRootfs, rootfsAddress } from '../iso/minimal/rootfs';
import { Limiter } from '../store/limiter';
import { startBaseImage } from '../temporal/start-standing-workflows';
import { createHttpFetch } from '../agent/protocol/http/http-fetch';
import { openObjectOf } from './open-object';
import { programEnvironment } from './program-environment';
import { runProgram } from '../programs/run-program';
import type { World } from './world';

/** How long a user's request waits for a lost base image to come back before it is refused. */
const restoredWithinMs = 60_000;

/** Images that are fetched or made at a time, of about 40 MiB each: one source that hardly gives anything holds up no other version. */
const sideBySide = 3;

/** Publishes the images of a version; what failed is noted for those who tell about it. */
export function createBaseImages({ settings, store }: Pick<World, 'settings' | 'store'>): BaseImagePublisher {
  const env = programEnvironment(settings);
  const run: RunTool = (call) => runProgram({ ...call, env });
  const lanes = new Limiter(sideBySide);
  return {
    publish: (rhcosVersion, signal, heartbeat) => noting(store, rhcosVersion, 'live', signal, () => lanes.run(async () => {
      // What is made of this image follows it.
      await forgetFailure(store, rhcosVersion, 'minimal');
      const { rhcos_image: url, rhcos_image_sha256: sha256, rhcos_rootfs: rootfsUrl } = getVersion(settings, rhcosVersion);
      const onProgress = (bytes: number): void => heartbeat(`${Math.round(bytes / 1_048_576)} MiB stored`);
      const published = await ensureBaseImage(store, rhcosVersion, { url, ...(sha256 && { sha256 }), openObject: openObjectOf(store), fetch: fetchOf(settings) }, { signal, onProgress });
      if (isOurs(settings, rootfsUrl, rhcosVersion)) await ensureRootfs(store, rhcosVersion, signal);
      return published;
    })),
    makeMinimal: (rhcosVersion, signal) => noting(store, rhcosVersion, 'minimal', signal, () => lanes.run(() =>
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

/** The way out of this deployment. Throws when the address of a proxy is none. */
const fetchOf = ({ HTTP_PROXY, HTTPS_PROXY, NO_PROXY }: Settings): typeof fetch => createHttpFetch({ insecure: false, environment: { HTTP_PROXY, HTTPS_PROXY, NO_PROXY } });

function getVersion({ OPENSHIFT_VERSIONS }: Settings, rhcosVersion: string): OpenshiftVersion {
  const version = Object.values(OPENSHIFT_VERSIONS).find((candidate) => candidate.rhcos_version === rhcosVersion);
  if (!version) throw new ImageError(`RHCOS ${rhcosVersion} is not configured`);
  return version;
}

/** Whether the address of the root file system is one of the public bucket, where only this service can put it. */
function isOurs({ S3_BUCKET_PUBLIC }: Settings, rootfsUrl: string, rhcosVersion: string): boolean {
  return rootfsUrl.endsWith(`/${S3_BUCKET_PUBLIC}/${rootfsAddress(rhcosVersion).key}`);
}

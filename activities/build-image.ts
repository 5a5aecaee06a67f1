import { readSnapshot } from '../src/db/read-snapshot';
import { findIntent } from '../src/db/intents';
import { findPullSecret } from '../src/db/pull-secret';
import { BaseImageNotReady, ImageError, UnfitConfiguration } from '../src/iso/image-error';
import type { ActivityDeps, ImageOrder } from './deps';
import type { ActivityControl } from './control';
import { failureTypes, permanentFailure } from './failures';

export interface ImageRequest {
  clusterId: string;
  intentId: string;
  reuse: boolean;
}

export interface ImageBuild {
  /** The image of an equal request was there still. */
  reused: boolean;
  sizeBytes: number;
  sshPublicKey: string;
  imageType: 'full-iso' | 'minimal-iso';
  staticNetworkConfig: string;
}

/**
 * Makes the discovery image that a stored intent asks for and puts it in the place of the former one.
 * With `reuse` the former one is of an equal request: it is made anew only if it is lost.
 */
export async function buildImage(deps: ActivityDeps, request: ImageRequest, control: ActivityControl): Promise<ImageBuild> {
  const loaded = await readSnapshot(deps.db, request.clusterId);
  const intent = await findIntent(deps.db, request.intentId);
  const sealed = await findPullSecret(deps.db, request.clusterId);
  if (!loaded || loaded.row.deletedAt) throw permanentFailure(failureTypes.imageRefused, 'The cluster is not there any more.');
  if (intent?.body.operation !== 'generateImage') throw permanentFailure(failureTypes.imageRefused, 'The image request is not stored.');
  if (!sealed) throw permanentFailure(failureTypes.imageRefused, 'The cluster has no pull secret.');
  const { sshPublicKey, imageType, staticNetworkConfig } = intent.body;
  const order = { clusterId: request.clusterId, snapshot: loaded.snapshot, pullSecret: deps.secretBox.open(sealed), sshPublicKey, imageType, staticNetworkConfig };
  // Without the mark an equal request failed meanwhile, and what lies there is not known to be an image of it.
  const present = request.reuse && loaded.snapshot.infraEnv.imageGenerated ? await deps.images.find(request.clusterId) : undefined;
  const { sizeBytes } = present ?? (await build(deps, order, control));
  return { reused: present !== undefined, sizeBytes, sshPublicKey, imageType, staticNetworkConfig };
}

async function build(deps: ActivityDeps, order: ImageOrder, control: ActivityControl): Promise<{ sizeBytes: number }> {
  try {
    return await deps.images.build(order, control.signal);
  } catch (error) {
    throw error instanceof ImageError ? permanentFailure(failureTypes.imageRefused, error.message, order.imageType, refusalOf(error)) : error;
  }
}

/** What its user is told: that his request cannot be met, or not yet; or that it is not his fault. */
function refusalOf(error: ImageError): 'Invalid' | 'Conflict' | 'Internal' {
  if (error instanceof UnfitConfiguration) return 'Invalid';
  return error instanceof BaseImageNotReady ? 'Conflict' : 'Internal';
}

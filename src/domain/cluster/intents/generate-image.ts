import { draftEvent } from '../../events/draft-event';
import type { Refusal } from '../../refusal';
import type { DomainSettings } from '../../settings';
import { imageRequestHash } from '../image-request-hash';
import type { GenerateImageIntent } from '../intents';
import type { ClusterSnapshot, InfraEnv } from '../model';
import type { IntentChange } from './intent-change';

/** Shortest time between two requests for an image, in milliseconds. */
const requestInterval = 10_000;

/**
 * Takes a request for a discovery image. Conflict within 10 s of the former request, Invalid without a pull secret
 * and for what cannot be built.
 * An image made from an equal request is used again, with its life renewed; so is one that is still being made.
 */
export function generateImage(snapshot: ClusterSnapshot, intent: GenerateImageIntent, now: Date, settings: DomainSettings): IntentChange | Refusal {
  const { cluster, infraEnv } = snapshot;
  const { sshPublicKey, imageType, staticNetworkConfig } = intent;
  if (infraEnv.imageCreatedAt !== null && infraEnv.imageCreatedAt.getTime() + requestInterval > now.getTime()) {
    return { type: 'Conflict', reason: 'An image of this cluster was requested less than 10 seconds ago: wait a little and request it again' };
  }
  if (!cluster.pullSecretSet) return { type: 'Invalid', reason: 'The cluster has no pull secret: set one before requesting an image' };
  const imageHash = imageRequestHash(intent, cluster, settings.imageBasis);
  const reuse = infraEnv.imageHash === imageHash;
  const requested: InfraEnv = {
    ...infraEnv,
    sshAuthorizedKey: sshPublicKey,
    staticNetworkConfig,
    imageCreatedAt: now,
    imageExpiresAt: new Date(now.getTime() + settings.deadlines.imageExpiration),
    imageHash,
    ...(reuse ? {} : { imageGenerated: false, imageSizeBytes: 0 }),
  };
  // While it is being made nobody knows whether there will be one.
  const events = reuse && infraEnv.imageGenerated ? [draftEvent('image_reused', { imageType }, { clusterId: cluster.id, cause: now.getTime(), at: now })] : [];
  return { snapshot: { ...snapshot, infraEnv: requested }, events, image: reuse ? 'reuse' : 'build' };
}

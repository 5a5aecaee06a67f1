import { draftEvent } from '../events/draft-event';
import type { EventName, EventParams } from '../events/catalog';
import type { DomainSettings } from '../settings';
import type { Change } from './evaluation';
import { imageRequestHash } from './image-request-hash';
import type { Cluster, ClusterSnapshot, InfraEnv } from './model';
import type { ClusterOutcome } from './outcomes';
import { startDay2Hosts } from './start-day2-hosts';

function finish<N extends EventName>(
  snapshot: ClusterSnapshot, changed: { cluster?: Partial<Cluster>; infraEnv?: Partial<InfraEnv> }, name: N, params: EventParams<N>, now: Date,
): Change {
  const event = draftEvent(name, params, { clusterId: snapshot.cluster.id, cause: now.getTime(), at: now });
  return {
    snapshot: { ...snapshot, cluster: { ...snapshot.cluster, ...changed.cluster }, infraEnv: { ...snapshot.infraEnv, ...changed.infraEnv } },
    events: [event],
  };
}

const hasProxy = ({ httpProxy, httpsProxy }: Cluster): boolean => httpProxy !== '' || httpsProxy !== '';
const noImage: Partial<InfraEnv> = { imageGenerated: false, imageHash: '', imageSizeBytes: 0 };

/**
 * An image that is there. Its request's hash was stored with the request; where another request or another proxy came
 * in between, the image can be downloaded but no later request finds itself equal to it.
 */
function takeImage(snapshot: ClusterSnapshot, outcome: Extract<ClusterOutcome, { kind: 'imageBuilt' }>, now: Date, { imageBasis }: DomainSettings): Change {
  const { cluster, infraEnv } = snapshot;
  const { sshPublicKey, imageType, staticNetworkConfig } = outcome;
  const isLatest = infraEnv.imageHash === imageRequestHash({ sshPublicKey, imageType, staticNetworkConfig }, cluster, imageBasis);
  const image: Partial<InfraEnv> = {
    imageGenerated: true, imageHash: isLatest ? infraEnv.imageHash : '', imageSizeBytes: outcome.sizeBytes,
    imageType, sshAuthorizedKey: sshPublicKey, staticNetworkConfig,
  };
  return finish(snapshot, { infraEnv: image }, 'image_generated', { imageType, sshKey: sshPublicKey !== '', proxy: hasProxy(cluster) }, now);
}

function nameImageFailure({ obstacle, imageType }: Extract<ClusterOutcome, { kind: 'imageBuildFailed' }>): 'image_generate_failed' | 'image_upload_failed' | 'minimal_iso_failed' {
  if (obstacle === 'storage') return 'image_upload_failed';
  return imageType === 'minimal-iso' ? 'minimal_iso_failed' : 'image_generate_failed';
}

/**
 * Applies what an activity of the workflow brought back. A preparation that nobody waits for any more (cancelled, timed
 * out) is dropped.
 */
export function applyOutcome(snapshot: ClusterSnapshot, outcome: ClusterOutcome, now: Date, settings: DomainSettings): Change {
  const awaited = snapshot.cluster.status === 'preparing-for-installation' && snapshot.cluster.preparationResult === null;
  switch (outcome.kind) {
    case 'prepared':
      if (!awaited) return { snapshot, events: [] };
      return finish(snapshot, { cluster: { openshiftClusterId: outcome.openshiftClusterId, preparationResult: 'success', preparationInfo: '' } }, 'prepare_succeeded', {}, now);
    case 'preparationFailed':
      if (!awaited) return { snapshot, events: [] };
      return finish(snapshot, { cluster: { preparationResult: 'failed', preparationInfo: outcome.reason } }, 'prepare_failed', { reason: outcome.reason }, now);
    case 'imageBuilt':
      return takeImage(snapshot, outcome, now, settings);
    case 'imageBuildFailed':
      return finish(snapshot, { infraEnv: noImage }, nameImageFailure(outcome), { reason: outcome.reason }, now);
    case 'imageDeleted':
      if (outcome.cause === 'expired') return finish(snapshot, { infraEnv: noImage }, 'image_deleted_expired', {}, now);
      // The hash went with the change of the ignition; by now it may be that of a newer request.
      return finish(snapshot, { infraEnv: { imageGenerated: false, imageSizeBytes: 0 } }, 'image_deleted_ignition_changed', {}, now);
    case 'hostIgnitionsStored':
      return startDay2Hosts(snapshot, outcome, now, settings);
    case 'dnsRecordsCreated':
      return finish(snapshot, {}, 'dns_records_created', { names: outcome.names }, now);
    case 'dnsRecordsRemoved':
      return finish(snapshot, {}, 'dns_records_removed', { names: outcome.names }, now);
    case 'dnsRecordsRemovalFailed':
      return finish(snapshot, {}, 'dns_records_removal_failed', { names: outcome.names, reason: outcome.reason }, now);
    case 'subscriptionApplied': {
      const amsSubscriptionId = outcome.applied.id;
      if (amsSubscriptionId === snapshot.cluster.amsSubscriptionId) return { snapshot, events: [] };
      return { snapshot: { ...snapshot, cluster: { ...snapshot.cluster, amsSubscriptionId } }, events: [] };
    }
    case 'subscriptionUnsubscribed':
      return finish(snapshot, {}, 'subscription_unsubscribed_found', { ids: outcome.ids }, now);
    case 'subscriptionRefused':
      return finish(snapshot, {}, 'subscription_refused', { status: outcome.status, reason: outcome.reason }, now);
  }
}

import type { ActivityDeps } from '../../activities/deps';
import { findAgentToken } from '../domain/input/pull-secret';
import { ensureBaseImage } from '../iso/base-image';
import { createImageMaker, type DiscoveryImageMaker } from '../iso/image-maker';
import { createServiceImageMaker } from '../iso/service-image/service-image-maker';
import { ImageError } from '../iso/image-error';
import { createClusterNotifier } from '../temporal/cluster-notifier';
import { createArtefacts } from './artefacts';
import { discoverySite } from './discovery-site';
import type { World } from './world';

/** What activities need, made of the adapters. */
export function createActivityDeps(world: World): ActivityDeps {
  const { settings, store, messenger } = world;
  return {
    db: world.database.db,
    exclusively: world.database.exclusively,
    sweep: { intervalMs: settings.SWEEP_INTERVAL, lagMs: 3_000, staleIntentMs: 60_000, keptIntentMs: 7 * 86_400_000 },
    settings: world.domain,
    secretBox: world.secretBox,
    stateStore: store,
    images: createImages(world),
    artefacts: createArtefacts(world),
    subscriptions: settings.WITH_AMS_SUBSCRIPTIONS ? world.ams : null,
    baseImages: { publish: (rhcosVersion, signal, heartbeat) => publishBaseImage(world, rhcosVersion, signal, heartbeat) },
    serviceImages: createServiceImageMaker({
      store,
      unseal: (sealed) => world.secretBox.open(sealed),
      publishBaseImage: (rhcosVersion, signal) => publishBaseImage(world, rhcosVersion, signal, () => undefined),
    }),
    notifier: createClusterNotifier(messenger),
    metrics: world.metrics,
    log: world.log,
  };
}

let publishing: Promise<unknown> = Promise.resolve();

/** One after the other: each takes about 40 MiB while it runs, and nobody waits for a second one to be faster. */
function publishBaseImage({ settings, store }: World, rhcosVersion: string, signal: AbortSignal, heartbeat: (progress: string) => void): ReturnType<typeof ensureBaseImage> {
  const version = Object.values(settings.OPENSHIFT_VERSIONS).find((candidate) => candidate.rhcos_version === rhcosVersion);
  if (!version) throw new ImageError(`RHCOS ${rhcosVersion} is not configured`);
  const source = { url: version.rhcos_image, ...(version.rhcos_image_sha256 && { sha256: version.rhcos_image_sha256 }) };
  const onProgress = (bytes: number): void => heartbeat(`${Math.round(bytes / 1_048_576)} MiB stored`);
  const next = publishing.then(() => ensureBaseImage(store, rhcosVersion, source, { signal, onProgress }));
  publishing = next.catch(() => undefined);
  return next;
}

/** Makes the discovery images of clusters. */
export function createImages(world: World): DiscoveryImageMaker {
  const { settings, store, domain, localTokens } = world;
  const versions = Object.values(settings.OPENSHIFT_VERSIONS);
  return createImageMaker({
    store,
    agent: domain.agent,
    agentStartTimeoutSeconds: Math.ceil(settings.AGENT_TIMEOUT_START / 1_000),
    connections: world.connections,
    site: discoverySite(settings),
    log: world.log,
    findRhcosVersion: (openshiftVersion) => versions.find((version) => version.release_version === openshiftVersion)?.rhcos_version,
    publishBaseImage: (rhcosVersion, signal) => publishBaseImage(world, rhcosVersion, signal, () => undefined),
    agentTokenOf: async ({ clusterId, pullSecret }) => {
      if (localTokens) return localTokens.issue(clusterId);
      return settings.AUTH_TYPE === 'rhsso' ? (findAgentToken(pullSecret) ?? '') : '';
    },
  });
}

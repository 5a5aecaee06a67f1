import type { ActivityDeps, DnsService } from '../../activities/deps';
import type { Settings } from '../config/schema';
import { createRoute53 } from '../dns/route53';
import { createImageMaker, type DiscoveryImageMaker } from '../iso/image-maker';
import { createServiceImageMaker } from '../iso/service-image/service-image-maker';
import { createClusterNotifier } from '../temporal/cluster-notifier';
import { createAgentTokens } from './agent-tokens';
import { createArtefacts } from './artefacts';
import { createBaseImages, restoreBaseImage } from './base-images';
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
    dns: createDns(settings),
    baseImages: createBaseImages(world),
    serviceImages: createServiceImageMaker({
      store,
      unseal: (sealed) => world.secretBox.open(sealed),
      restoreBaseImage: (rhcosVersion, missing, signal) => restoreBaseImage(world, rhcosVersion, missing, signal),
    }),
    notifier: createClusterNotifier(messenger),
    metrics: world.metrics,
    log: world.log,
  };
}

/** null without managed domains, whose keys the settings ask for. */
function createDns({ BASE_DNS_DOMAINS: domains, ...settings }: Settings): DnsService | null {
  const { ROUTE53_ACCESS_KEY_ID: accessKeyId, ROUTE53_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  if (domains.length === 0 || accessKeyId === undefined || secretAccessKey === undefined) return null;
  return { domains, zones: createRoute53({ endpoint: settings.ROUTE53_ENDPOINT_URL ?? '', region: settings.ROUTE53_REGION, accessKeyId, secretAccessKey }) };
}

/** Makes the discovery images of clusters. */
export function createImages(world: World): DiscoveryImageMaker {
  const { settings, store, domain } = world;
  const versions = Object.values(settings.OPENSHIFT_VERSIONS);
  return createImageMaker({
    store,
    agent: domain.agent,
    agentStartTimeoutSeconds: Math.ceil(settings.AGENT_TIMEOUT_START / 1_000),
    connections: world.connections,
    site: discoverySite(settings),
    log: world.log,
    findRhcosVersion: (openshiftVersion) => versions.find((version) => version.release_version === openshiftVersion)?.rhcos_version,
    restoreBaseImage: (rhcosVersion, missing, signal) => restoreBaseImage(world, rhcosVersion, missing, signal),
    agentTokenOf: createAgentTokens(world),
  });
}

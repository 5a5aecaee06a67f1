import { createApp } from '../api/app';
import type { ApiDeps } from '../api/deps';
import { createCapabilitySigner } from '../auth/capability';
import { createImageLinkSigner } from '../auth/image-link';
import { createRateLimits } from '../api/middleware/rate-limits';
import type { Authentication } from '../api/authentication';
import { isRecovered } from '../db/recovery-mark';
import { markCheckInsStored } from '../db/check-in-watch';
import { hasRow } from '../db/queries/has-row';
import { findClusterOwner } from '../db/queries/find-cluster-owner';
import { mergeIngressCa } from '../installer/merge-ingress-ca';
import type { ServiceDeps } from '../services/deps';
import { completeInstallation } from '../services/clusters/complete-installation';
import { createFileLinks } from '../services/clusters/file-links';
import { urlsOfService, urlsOfStorage } from '../services/clusters/image-urls';
import { createImageLinks } from '../services/clusters/image-links';
import { createOwnerLookup } from '../services/clusters/owner-lookup';
import { reportOperator } from '../services/clusters/report-operator';
import { reportLogsProgress } from '../services/logs/report-logs-progress';
import { storeLogs } from '../services/logs/store-logs';
import { uploadIngressCert } from '../services/clusters/upload-ingress-cert';
import { createDnsLookup } from '../services/domains/dns-lookup';
import { createGetNextSteps } from '../services/hosts/get-next-steps';
import { createHeartbeatRecorder } from '../services/hosts/heartbeats';
import { registerHost } from '../services/hosts/register-host';
import { reportProgress } from '../services/hosts/report-progress';
import { reportStep } from '../services/hosts/report-step';
import { createVersionLookup } from '../services/hosts/version-lookup';
import { createAbsenceCheck } from '../services/absence-check';
import { createClusterRecoverer } from '../temporal/cluster-recoverer';
import { createServiceImageMessenger } from '../temporal/service-image-messenger';
import { startBaseImage } from '../temporal/start-standing-workflows';
import { createImages } from './activity-deps';
import { artefactSite } from './artefact-site';
import { createBaseImageWatch, type BaseImageWatch } from './base-image-watch';
import { createAuthentication } from './create-authentication';
import { createGenerator } from './create-generator';
import { createNetworkCheck } from './network-check';
import { createPreviews } from './previews';
import { createReadiness } from './readiness';
import type { World } from './world';

/** How often this process says that it stores check-ins. */
const checkInMarkMs = 5_000;
/** Time between two flushes of check-ins. */
const heartbeatFlushMs = 250;

export interface ApiRole {
  app: ReturnType<typeof createApp>;
  stop(): Promise<void>;
}

/** The api role: the REST application with its services. `startReasons` speaks for what else starts in the same process. */
export function createApi(world: World, version: string, startReasons: Parameters<typeof createReadiness>[2]): ApiRole {
  const { settings, domain, database, messenger, log, metrics, store } = world;
  const agentDeps = { db: database.db, messenger, settings: domain, log, metrics };
  const heartbeats = createHeartbeatRecorder({ sql: database.sql, intervalMs: heartbeatFlushMs, observe: metrics.observeFlush });
  const marking = setInterval(() => void markCheckInsStored(database.db).catch(() => undefined), checkInMarkMs);
  const authentication = createAuthentication(world);
  const baseImages = createBaseImageWatch({ ...world, requestBaseImage: (rhcosVersion) => startBaseImage(world.temporal.client, rhcosVersion) });
  const readiness = createReadiness(world, baseImages, startReasons);
  const deps: ApiDeps = {
    services: createServices(world, authentication, baseImages),
    agents: {
      registerHost: (clusterId, host) => registerHost(agentDeps, clusterId, host),
      getNextSteps: createGetNextSteps({ ...agentDeps, heartbeats, findVersion: createVersionLookup(database.sql) }),
      reportStep: (clusterId, hostId, reply) => reportStep(agentDeps, clusterId, hostId, reply),
      reportProgress: (clusterId, hostId, progress) => reportProgress(agentDeps, clusterId, hostId, progress),
      uploadIngressCert: (clusterId, certificate) => uploadIngressCert({ ...agentDeps, store, mergeIngressCa }, clusterId, certificate),
      reportOperator: (clusterId, report) => reportOperator(agentDeps, clusterId, report),
      completeInstallation: (clusterId, completion) => completeInstallation(agentDeps, clusterId, completion),
      reportLogsProgress: (clusterId, source, state) => reportLogsProgress(agentDeps, clusterId, source, { state, uploaded: false }),
      storeLogs: (clusterId, source, open) => storeLogs({ ...agentDeps, store }, clusterId, source, open),
    },
    authentication,
    rateLimits: createRateLimits(settings.RATE_LIMITS, log),
    trustedProxies: settings.TRUSTED_PROXIES,
    readiness: readiness.state,
    absence: createAbsenceCheck({
      isRecovering: startReasons.recovery.isRecovering,
      isRecovered: () => isRecovered(database.db),
      hasRow: (clusterId, hostId) => hasRow(database.db, clusterId, hostId),
      knows: createClusterRecoverer(world.temporal.client).knows,
    }),
    metrics,
    log,
    allowedDomains: settings.ALLOWED_DOMAINS,
    maxBodyBytes: settings.MAX_BODY_BYTES,
    version,
  };
  return {
    app: createApp(deps),
    async stop() {
      readiness.stop();
      clearInterval(marking);
      await heartbeats.close();
    },
  };
}

function createServices(world: World, authentication: Authentication, baseImages: BaseImageWatch): ServiceDeps {
  const { settings, database, messenger, store, secretBox, log, domain } = world;
  const signer = createCapabilitySigner({ privateKeyPem: settings.URL_SIGNING_KEY });
  const urlOf = settings.IMAGE_DOWNLOADS === 'storage' ? urlsOfStorage(store, settings.IMAGE_EXPIRATION_TIME) : urlsOfService(settings.SERVICE_BASE_URL, signer);
  return {
    db: database.db,
    messenger,
    store,
    secretBox,
    owners: createOwnerLookup({ load: (clusterId) => findClusterOwner(database.db, clusterId), orgTenancy: settings.ENABLE_ORG_TENANCY }),
    orgTenancy: settings.ENABLE_ORG_TENANCY,
    imageLinks: createImageLinks(settings.SERVICE_BASE_URL, urlOf, createImageLinkSigner({ privateKeyPem: settings.URL_SIGNING_KEY })),
    fileLinks: createFileLinks(settings.SERVICE_BASE_URL, signer),
    previews: createPreviews(createImages(world), artefactSite(settings)),
    pullSecrets: {
      requiredRegistries: requiredRegistries(world),
      findAccount: authentication.type === 'rhsso' ? (token) => authentication.agent.authenticate(token) : null,
      sharedInOrg: settings.ENABLE_ORG_TENANCY,
    },
    releases: settings.OPENSHIFT_VERSIONS,
    cannotBeOffered: (rhcosVersion) => baseImages.states().some((state) => state.rhcosVersion === rhcosVersion && state.image === 'live' && !state.present && state.failure !== undefined),
    componentVersions: {
      releaseTag: settings.ENVIRONMENT,
      versions: { 'discovery-agent': domain.agent.agentImage, 'assisted-installer': domain.agent.installerImage, 'assisted-installer-controller': domain.agent.controllerImage, 'static-network-generator': world.connections.implementation, 'installation-generator': createGenerator(settings).description },
    },
    checkNetworkYaml: createNetworkCheck(world.connections, log),
    serviceImages: createServiceImageMessenger(world.temporal.client),
    settings: domain,
    managedDomains: settings.BASE_DNS_DOMAINS,
    dns: createDnsLookup(),
    ntpSource: settings.NTP_DEFAULT_SERVER,
    log,
  };
}

/** Registries of the images in use that ask for credentials. */
function requiredRegistries({ settings, domain }: World): string[] {
  const images = [domain.agent.agentImage, domain.agent.installerImage, domain.agent.controllerImage, ...Object.values(settings.OPENSHIFT_VERSIONS).map((version) => version.release_image)];
  const registries = new Set(images.map((image) => image.split('/')[0] ?? ''));
  return [...registries].filter((registry) => registry !== '' && !settings.PUBLIC_CONTAINER_REGISTRIES.includes(registry));
}

import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pino } from 'pino';
import type { ActivityDeps } from '../../activities/deps';
import { createAmsClient } from '../../src/ams/ams-client';
import { createApp } from '../../src/api/app';
import type { Authentication, CheckedAuthentication } from '../../src/api/authentication';
import { createRateLimits, type RateLimitCounts } from '../../src/api/middleware/rate-limits';
import { createAccessReview } from '../../src/auth/access';
import { createAgentAuthenticator } from '../../src/auth/agent';
import { createCapabilitySigner } from '../../src/auth/capability';
import { createImageLinkSigner } from '../../src/auth/image-link';
import { createUserAuthenticator } from '../../src/auth/oidc';
import { createArtefactRuns } from '../../src/db/artefact-runs';
import { connectDatabase } from '../../src/db/client';
import { migrateDatabase } from '../../src/db/migrate';
import { hasRow } from '../../src/db/queries/has-row';
import { findClusterOwner } from '../../src/db/queries/find-cluster-owner';
import { isRecovered, markRecovered } from '../../src/db/recovery-mark';
import { createSecretBox } from '../../src/db/secret-box';
import { makePullSecret } from '../../src/dev/identities';
import { fetchUserTokens } from '../../src/dev/parts/ams-standin';
import { fetchTokens } from '../../src/dev/stack/fetch-tokens';
import { describeOpenshiftVersions, devOpenshiftVersions } from '../../src/dev/openshift-versions';
import { toDomainSettings } from '../../src/config/domain-settings';
import { settingsSchema } from '../../src/config/schema';
import { createArtefactMaker } from '../../src/installer/artefact-maker';
import { createBuiltinGenerator } from '../../src/installer/builtin-generator';
import { createImageMaker } from '../../src/iso/image-maker';
import { createBuiltinConnections } from '../../src/iso/static-network/builtin-connections';
import type { ConnectionGenerator } from '../../src/iso/static-network/connection-generator';
import { createNetworkCheck } from '../../src/main/network-check';
import { createPreviews } from '../../src/main/previews';
import { createMetrics } from '../../src/observability/metrics';
import { createAbsenceCheck } from '../../src/services/absence-check';
import { createFileLinks } from '../../src/services/clusters/file-links';
import { urlsOfService, urlsOfStorage } from '../../src/services/clusters/image-urls';
import { createImageLinks } from '../../src/services/clusters/image-links';
import { completeInstallation } from '../../src/services/clusters/complete-installation';
import { createOwnerLookup } from '../../src/services/clusters/owner-lookup';
import { reportOperator } from '../../src/services/clusters/report-operator';
import { reportLogsProgress } from '../../src/services/logs/report-logs-progress';
import { storeLogs } from '../../src/services/logs/store-logs';
import type { OpenshiftRelease, ServiceDeps } from '../../src/services/deps';
import { createGetNextSteps } from '../../src/services/hosts/get-next-steps';
import { createHeartbeatRecorder } from '../../src/services/hosts/heartbeats';
import { registerHost } from '../../src/services/hosts/register-host';
import { reportProgress } from '../../src/services/hosts/report-progress';
import { reportStep } from '../../src/services/hosts/report-step';
import { createVersionLookup } from '../../src/services/hosts/version-lookup';
import { UnavailableError } from '../../src/temporal/errors';
import { createStore } from '../../src/store/create-store';
import { createBucket } from '../support/create-bucket';
import { createDatabase } from '../support/create-database';
import { getPart } from '../support/parts';
import { createDirectMessenger } from './direct-messenger';
import { createDirectServiceImages, serviceImageStub } from './direct-service-images';
import { createTestClient } from './test-client';
import { testColumnKey } from '../support/column-key';

const releases = Object.fromEntries(devOpenshiftVersions.map(({ rhcos }) => [rhcos, { path: '/images/base.iso', sha256: '0'.repeat(64) }]));
const urlSigningKey = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export type TestApi = Awaited<ReturnType<typeof startTestApi>>;

/** The REST API in this process on a real database, object store and AMS stand-in, with users and their tokens. */
export async function startTestApi(options: { connections?: ConnectionGenerator; ready?: () => boolean; allowedDomains?: string[]; orgTenancy?: boolean; rateLimits?: Partial<RateLimitCounts>; imageDownloads?: 'service' | 'storage' } = {}) {
  const [databaseUrl, bucket, ams] = await Promise.all([createDatabase(), createBucket(), getPart('ams')]);
  await migrateDatabase(databaseUrl, join(import.meta.dirname, '../../drizzle'));
  const connection = connectDatabase({ url: databaseUrl, max: 4, applicationName: 'test', columnKey: testColumnKey });
  await markRecovered(connection.db);
  const { db, sql } = connection;
  const store = createStore({
    endpoint: bucket.url, region: bucket.region, accessKeyId: bucket.accessKey, secretAccessKey: bucket.secretKey,
    privateBucket: bucket.bucket, publicBucket: bucket.bucket,
  });
  const config = settingsSchema.parse({
    ENVIRONMENT: 'development', ROLE: 'api', PORT: '8090', SERVICE_BASE_URL: 'http://service.example:8090', DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: 'localhost:7233', S3_ENDPOINT_URL: bucket.url, S3_BUCKET: bucket.bucket, S3_BUCKET_PUBLIC: bucket.bucket,
    S3_ACCESS_KEY_ID: 'unused', S3_SECRET_ACCESS_KEY: 'unused', AUTH_TYPE: 'none', OPENSHIFT_VERSIONS: describeOpenshiftVersions(releases, `${bucket.url}/${bucket.bucket}`),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'), URL_SIGNING_KEY: urlSigningKey, BASE_DNS_DOMAINS: 'managed.example.com:Z1/route53',
  });
  const settings = toDomainSettings(config);
  const secretBox = createSecretBox(config.ENCRYPTION_KEY);
  const log = pino({ level: 'silent' });
  const metrics = createMetrics();
  const activityDeps: ActivityDeps = {
    db, settings, secretBox, log, subscriptions: null, exclusively: connection.exclusively,
    sweep: { intervalMs: 1_000, lagMs: 3_000, staleIntentMs: 60_000, keptIntentMs: 86_400_000 }, metrics,
    stateStore: store,
    dns: null,
    images: {
      async build({ clusterId }) {
        const image = Buffer.from('a discovery image of a hundred bytes'.padEnd(100, '.'));
        await store.putObject({ bucket: 'private', key: `discovery-image-${clusterId}.iso` }, image);
        return { sizeBytes: image.length };
      },
      find: (clusterId) => store.headObject({ bucket: 'private', key: `discovery-image-${clusterId}.iso` }),
      remove: (clusterId) => store.deleteObject({ bucket: 'private', key: `discovery-image-${clusterId}.iso` }),
    },
    artefacts: {
      storeDay2Ignition: (snapshot, host) => createArtefactMaker({ store, generator: createBuiltinGenerator(), runs: createArtefactRuns(db), site: {}, settings, newId: randomUUID }).storeDay2Ignition(snapshot, host),
      make: () => Promise.reject(new Error('not here')), removeInstallation: async () => undefined, removeAll: async () => undefined,
    },
    serviceImages: serviceImageStub(store, secretBox),
    baseImages: { publish: () => Promise.reject(new Error('not here')), makeMinimal: () => Promise.reject(new Error('not here')) },
    notifier: { factsChanged: async () => true, start: async () => true },
  };
  const messenger = createDirectMessenger(activityDeps);
  const client = createAmsClient({
    baseUrl: ams.url, tokenUrl: ams.tokenUrl, clientId: ams.identities.serviceAccount.clientId,
    clientSecret: ams.identities.serviceAccount.clientSecret, timeoutMs: 5_000,
  });
  const agent = createAgentAuthenticator({ authorizeToken: (token) => client.authorizeToken(token) });
  const signer = createCapabilitySigner({ privateKeyPem: urlSigningKey });
  const connections = options.connections ?? createBuiltinConnections();
  const imageLinkSigner = createImageLinkSigner({ privateKeyPem: urlSigningKey });
  const unavailable = new Set<string>();
  const services: ServiceDeps = {
    db, messenger, store, secretBox, log,
    owners: createOwnerLookup({ load: (clusterId) => findClusterOwner(db, clusterId), orgTenancy: options.orgTenancy ?? false }),
    orgTenancy: options.orgTenancy ?? false,
    imageLinks: createImageLinks(config.SERVICE_BASE_URL, options.imageDownloads === 'storage' ? urlsOfStorage(store, config.IMAGE_EXPIRATION_TIME) : urlsOfService(config.SERVICE_BASE_URL, signer), imageLinkSigner),
    fileLinks: createFileLinks(config.SERVICE_BASE_URL, signer),
    previews: createPreviews(createImageMaker({ store, agent: settings.agent, agentStartTimeoutSeconds: 180, connections, findRhcosVersion: () => undefined, agentTokenOf: async () => 'token' }), {}),
    pullSecrets: { requiredRegistries: [], findAccount: (token) => agent.authenticate(token), sharedInOrg: options.orgTenancy ?? false },
    releases: config.OPENSHIFT_VERSIONS satisfies Record<string, OpenshiftRelease>,
    checkNetworkYaml: createNetworkCheck(connections, log),
    cannotBeOffered: (rhcosVersion) => unavailable.has(rhcosVersion),
    componentVersions: { releaseTag: 'test', versions: { 'assisted-installer': 'image' } },
    serviceImages: createDirectServiceImages(activityDeps, () => messenger.away),
    settings,
    managedDomains: config.BASE_DNS_DOMAINS,
    dns: { isZone: async () => true, hasAddress: async (name) => name.includes('.taken.') },
    ntpSource: '',
  };
  const heartbeats = createHeartbeatRecorder({ sql, intervalMs: 20, observe: () => undefined });
  const agentDeps = { db, messenger, settings, log, metrics };
  const ready = options.ready ?? (() => true);
  const absence = { recovering: false, known: new Set<string>(), temporalAway: false };
  const createAppUnder = (authentication: Authentication) => createApp({
    services,
    agents: {
      registerHost: (clusterId, host) => registerHost(agentDeps, clusterId, host),
      getNextSteps: createGetNextSteps({ ...agentDeps, heartbeats, findVersion: createVersionLookup(sql) }),
      reportStep: (clusterId, hostId, reply) => reportStep(agentDeps, clusterId, hostId, reply),
      reportProgress: (clusterId, hostId, progress) => reportProgress(agentDeps, clusterId, hostId, progress),
      uploadIngressCert: async () => undefined,
      reportOperator: (clusterId, report) => reportOperator(agentDeps, clusterId, report),
      completeInstallation: (clusterId, completion) => completeInstallation(agentDeps, clusterId, completion),
      reportLogsProgress: (clusterId, source, state) => reportLogsProgress(agentDeps, clusterId, source, { state, uploaded: false }),
      storeLogs: (clusterId, source, open) => storeLogs({ ...agentDeps, store }, clusterId, source, open),
    },
    authentication,
    rateLimits: createRateLimits({ user: 0, host: 0, cluster: 0, signed: 0, refused: 0, ...options.rateLimits }, log),
    trustedProxies: 1,
    readiness: () => (ready() && !absence.recovering ? { ready: true, serving: true, reasons: [], warnings: [] } : { ready: false, serving: false, reasons: ['the base images are not there yet'], warnings: [] }),
    absence: createAbsenceCheck({
      isRecovering: () => absence.recovering,
      isRecovered: () => isRecovered(db),
      hasRow: (clusterId, hostId) => hasRow(db, clusterId, hostId),
      async knows(clusterId, { hostId }) {
        if (absence.temporalAway) throw new UnavailableError('away');
        return absence.known.has(hostId ?? clusterId);
      },
    }),
    metrics,
    log,
    allowedDomains: options.allowedDomains ?? [],
    maxBodyBytes: 64 * 1024,
    version: '0.0.0',
  });
  const authentication: CheckedAuthentication = {
    type: 'rhsso', agent, signedUrl: signer,
    user: createUserAuthenticator({
      jwksUrl: ams.jwksUrl, adminUsers: [ams.identities.users.admin.username], isReadOnlyAdmin: (name) => client.reviewCapability(name),
    }),
    access: createAccessReview({ reviewAccess: (name) => client.reviewAccess(name) }),
  };
  const app = createAppUnder(authentication);
  const [tokens, colleague] = await Promise.all([fetchTokens(ams.tokenUrl, ams.identities), fetchUserTokens(ams.tokenUrl, ams.identities.users.colleague)]);
  return {
    /** RHCOS versions whose base image could not be fetched. */
    unavailable,
    imageLinkSigner,
    app, absence, authentication, createAppUnder, otherAgentToken: ams.identities.users.other.agentToken, db, metrics, activityDeps, store, bucket, agentDeps, messenger, services, signer, tokens,
    pullSecrets: { user: tokens.pull_secret, other: makePullSecret(ams.identities.users.other), colleague: makePullSecret(ams.identities.users.colleague) },
    as: {
      user: createTestClient(app, { Authorization: `Bearer ${tokens.user_token}` }),
      other: createTestClient(app, { Authorization: `Bearer ${tokens.other_user_token}` }),
      colleague: createTestClient(app, { Authorization: `Bearer ${colleague.access_token}` }),
      admin: createTestClient(app, { Authorization: `Bearer ${tokens.admin_token}` }),
      readOnlyAdmin: createTestClient(app, { Authorization: `Bearer ${tokens.read_only_admin_token}` }),
      agent: createTestClient(app, { 'X-Secret-Key': tokens.agent_token }),
      otherAgent: createTestClient(app, { 'X-Secret-Key': ams.identities.users.other.agentToken }),
      colleagueAgent: createTestClient(app, { 'X-Secret-Key': ams.identities.users.colleague.agentToken }),
      nobody: createTestClient(app, {}),
    },
    async close() {
      await heartbeats.close();
      store.close();
      await connection.close();
    },
  };
}

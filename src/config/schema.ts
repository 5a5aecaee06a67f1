import { z } from 'zod';
import { defaultDeadlines } from '../domain/deadlines/default-deadlines';
import { certificates } from './certificates';
import { defaultRequirements } from '../domain/hardware/default-requirements';
import { disabledSteps } from './disabled-steps';
import { duration } from './duration';
import { disabledHostValidations, hardwareRequirements } from './hardware-requirements';
import { imageContentSources } from './image-content-sources';
import { jwks, signingKey, verificationKeys } from './keys';
import { managedDomains } from './managed-domains';
import { defaultRateLimits, rateLimits } from './rate-limits';
import { openshiftVersions } from './openshift-versions';
import { stageTimeouts } from './stage-timeouts';

const list = z.string().transform((text) => text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== ''));
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const port = z.coerce.number().int().min(1).max(65_535);
const count = z.coerce.number().int().min(1);
const key32 = z.string().refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64');

/** A third of the seven minutes that an attempt of the preparation has for programs; one is left for the files. */
const longestInstallerCall = 140_000;

/** What Signature Version 4 permits. */
const longestPresigned = 7 * 24 * 3_600_000;

/** Addresses that only the machine itself reaches. */
const loopback = ['127.0.0.1', '::1'];

/** Settings whose values are never shown. */
export const secretSettings = ['DATABASE_URL', 'S3_SECRET_ACCESS_KEY', 'ROUTE53_SECRET_ACCESS_KEY', 'OCM_SERVICE_CLIENT_SECRET', 'OCM_SELF_TOKEN', 'ENCRYPTION_KEY', 'URL_SIGNING_KEY', 'EC_PRIVATE_KEY_PEM'] as const;

/** The service's settings, by the names of their environment variables. */
export const settingsSchema = z
  .object({
    ENVIRONMENT: z.enum(['development', 'integration', 'staging', 'production']),
    ROLE: z.enum(['api', 'worker', 'all', 'recover']),
    PORT: port,
    LISTEN_ADDRESS: z.string().default('0.0.0.0'),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
    SERVICE_BASE_URL: z.url(),
    ALLOWED_DOMAINS: list.default([]),
    DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address'),
    DATABASE_POOL_SIZE: count.default(12),
    TEMPORAL_ADDRESS: z.string().regex(/^[^:\s]+:\d+$/, 'must be host:port'),
    TEMPORAL_NAMESPACE: z.string().default('default'),
    WORKFLOW_BUNDLE: z.string().optional(),
    MAX_CACHED_WORKFLOWS: count.default(300),
    S3_ENDPOINT_URL: z.url(),
    S3_PUBLIC_ENDPOINT_URL: z.url().optional(),
    S3_REGION: z.string().default('us-east-1'),
    S3_BUCKET: z.string().min(3),
    S3_BUCKET_PUBLIC: z.string().min(3),
    S3_ACCESS_KEY_ID: z.string().min(1),
    S3_SECRET_ACCESS_KEY: z.string().min(1),
    AUTH_TYPE: z.enum(['rhsso', 'local', 'none']),
    JWKS_URL: z.url().optional(),
    JWKS_CERT: jwks.optional(),
    JWT_ISSUER: z.string().optional(),
    JWT_AUDIENCE: z.string().optional(),
    EC_PRIVATE_KEY_PEM: signingKey.optional(),
    EC_PUBLIC_KEY_PEM: verificationKeys.default(''),
    LOCAL_TOKEN_EXPIRATION: duration.default(60 * 24 * 3_600_000),
    ENABLE_ORG_TENANCY: flag.default(false),
    ADMIN_USERS: list.default([]),
    OCM_BASE_URL: z.url().optional(),
    OCM_TOKEN_URL: z.url().optional(),
    OCM_SERVICE_CLIENT_ID: z.string().optional(),
    OCM_SERVICE_CLIENT_SECRET: z.string().optional(),
    OCM_SELF_TOKEN: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]*$/, 'must be a JWT').optional(),
    OCM_TIMEOUT: duration.default(5_000),
    OCM_REQUESTS_PER_SECOND: z.coerce.number().positive().default(20),
    WITH_AMS_SUBSCRIPTIONS: flag.default(false),
    OPENSHIFT_VERSIONS: openshiftVersions,
    ENCRYPTION_KEY: key32,
    URL_SIGNING_KEY: z.string().includes('PRIVATE KEY', { message: 'must be a PKCS#8 PEM key on curve P-256' }),
    PUBLIC_CONTAINER_REGISTRIES: list.default(['quay.io']),
    BASE_DNS_DOMAINS: managedDomains.default([]),
    ROUTE53_ENDPOINT_URL: z.url().optional(),
    ROUTE53_REGION: z.string().min(1).default('us-east-1'),
    ROUTE53_ACCESS_KEY_ID: z.string().min(1).optional(),
    ROUTE53_SECRET_ACCESS_KEY: z.string().min(1).optional(),
    INSTALLATION_GENERATOR: z.enum(['builtin', 'openshift-install']).default('builtin'),
    OPENSHIFT_CLIENT: z.string().min(1).default('oc'),
    INSTALLER_WORK_DIR: z.string().regex(/^\//, 'must be an absolute path').default('/var/tmp/assisted-installer'),
    INSTALLER_TIMEOUT: duration.default(2 * 60_000).refine((ms) => ms <= longestInstallerCall, 'must be 140s at most: an attempt to prepare an installation runs three programs, and has eight minutes'),
    INSTALL_INVOKER: z.string().min(1).default('assisted-installer'),
    HOME: z.string().default('/'),
    HTTP_PROXY: z.string().optional(),
    HTTPS_PROXY: z.string().optional(),
    NO_PROXY: z.string().optional(),
    IMAGE_CONTENT_SOURCES: imageContentSources.default([]),
    ADDITIONAL_TRUST_BUNDLE: certificates.optional(),
    SERVICE_CA_CERTIFICATE: certificates.optional(),
    SERVICE_IPS: list.default([]),
    INSTALL_RH_CA: flag.default(false),
    RH_ROOT_CA: certificates.optional(),
    TELEMETER_SERVER_URL: z.url().optional(),
    ENABLE_SINGLE_NODE_DNSMASQ: flag.default(false),
    NTP_DEFAULT_SERVER: z.string().default(''),
    ISO_IMAGE_TYPE: z.enum(['full-iso', 'minimal-iso']).default('full-iso'),
    IMAGE_DOWNLOADS: z.enum(['service', 'storage']).default('service'),
    IMAGE_EXPIRATION_TIME: duration.default(defaultDeadlines.imageExpiration),
    DELETED_INACTIVE_AFTER: duration.default(defaultDeadlines.inactivity),
    DELETED_UNREGISTERED_AFTER: duration.default(defaultDeadlines.permanentDeletion),
    PREPARE_FOR_INSTALLATION_TIMEOUT: duration.default(defaultDeadlines.prepareForInstallation),
    LOG_PENDING_TIMEOUT: duration.default(defaultDeadlines.logPending),
    LOG_COLLECTION_TIMEOUT: duration.default(defaultDeadlines.logCollection),
    HOST_LOG_PENDING_TIMEOUT: duration.default(defaultDeadlines.hostLogPending),
    HOST_LOG_COLLECTION_TIMEOUT: duration.default(defaultDeadlines.hostLogCollection),
    RESET_CLUSTER_TIMEOUT: duration.default(defaultDeadlines.reset),
    HOST_STAGE_TIMEOUTS: stageTimeouts.default(defaultDeadlines.stage),
    SWEEP_INTERVAL: duration.default(5_000),
    AGENT_DOCKER_IMAGE: z.string().default('quay.io/ocpmetal/assisted-installer-agent:latest'),
    INSTALLER_IMAGE: z.string().default('quay.io/ocpmetal/assisted-installer:latest'),
    CONTROLLER_IMAGE: z.string().default('quay.io/ocpmetal/assisted-installer-controller:latest'),
    CONTROLLER_MANIFESTS: flag.default(false),
    SKIP_CERT_VERIFICATION: flag.default(false),
    ENABLE_AUTO_RESET: flag.default(false),
    CHECK_CLUSTER_VERSION: flag.default(false),
    CNV_MODE: flag.default(true),
    INSTALLATION_TIMEOUT: duration.optional(),
    PATH: z.string().default('/usr/local/bin:/usr/bin:/bin'),
    NMSTATECTL: z.string().optional(),
    AGENT_TIMEOUT_START: duration.default(180_000),
    DISABLED_HOST_VALIDATIONS: disabledHostValidations.default([]),
    DISABLED_STEPS: disabledSteps.default([]),
    HW_VALIDATOR_REQUIREMENTS: hardwareRequirements.default(defaultRequirements),
    DISK_CHECK_TIMEOUT: duration.default(8 * 60_000),
    MAX_BODY_BYTES: count.default(10 * 1024 * 1024),
    RATE_LIMITS: rateLimits.default(defaultRateLimits),
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  })
  .superRefine((settings, context) => {
    const require = (name: keyof typeof settings, why: string): void => {
      if (settings[name] === undefined || settings[name] === '') context.addIssue({ code: 'custom', path: [name], message: `is required ${why}` });
    };
    if (settings.ENVIRONMENT !== 'development' && (settings.ROLE === 'worker' || settings.ROLE === 'all')) require('WORKFLOW_BUNDLE', 'outside development');
    if (settings.BASE_DNS_DOMAINS.length > 0 && (settings.ROLE === 'worker' || settings.ROLE === 'all')) {
      for (const name of ['ROUTE53_ACCESS_KEY_ID', 'ROUTE53_SECRET_ACCESS_KEY'] as const) require(name, 'with BASE_DNS_DOMAINS: the worker makes and removes the records of clusters in them');
    }
    if (settings.AUTH_TYPE === 'rhsso' && settings.JWKS_CERT === undefined) require('JWKS_URL', 'with AUTH_TYPE=rhsso, or JWKS_CERT');
    if (settings.AUTH_TYPE === 'local') require('EC_PRIVATE_KEY_PEM', 'with AUTH_TYPE=local');
    if (settings.AUTH_TYPE === 'rhsso' || settings.WITH_AMS_SUBSCRIPTIONS) {
      const credential = settings.OCM_SELF_TOKEN === undefined ? (['OCM_SERVICE_CLIENT_ID', 'OCM_SERVICE_CLIENT_SECRET'] as const) : [];
      for (const name of ['OCM_BASE_URL', 'OCM_TOKEN_URL', ...credential] as const) require(name, 'with AUTH_TYPE=rhsso or WITH_AMS_SUBSCRIPTIONS=true');
    }
    if (settings.AUTH_TYPE === 'none' && settings.ENVIRONMENT !== 'development' && !loopback.includes(settings.LISTEN_ADDRESS)) {
      context.addIssue({ code: 'custom', path: ['AUTH_TYPE'], message: `none is for development, or for a process that listens on ${loopback.join(' or ')} alone` });
    }
    if (settings.AUTH_TYPE === 'local' && settings.LOCAL_TOKEN_EXPIRATION <= settings.DELETED_INACTIVE_AFTER) {
      context.addIssue({ code: 'custom', path: ['LOCAL_TOKEN_EXPIRATION'], message: 'must be longer than DELETED_INACTIVE_AFTER: agents that wait must not lose their access before their cluster ends' });
    }
    if (settings.IMAGE_DOWNLOADS === 'storage' && settings.IMAGE_EXPIRATION_TIME > longestPresigned) {
      context.addIssue({ code: 'custom', path: ['IMAGE_EXPIRATION_TIME'], message: 'must be 7 days (168h) at most with IMAGE_DOWNLOADS=storage: presigned addresses are not valid for longer' });
    }
    if (settings.INSTALL_RH_CA) require('RH_ROOT_CA', 'with INSTALL_RH_CA=true');
    if (settings.DELETED_INACTIVE_AFTER <= 8 * 24 * 3_600_000) {
      context.addIssue({ code: 'custom', path: ['DELETED_INACTIVE_AFTER'], message: 'must be longer than 8 days: its warnings come 7 days and 1 day before' });
    }
  });

export type Settings = z.infer<typeof settingsSchema>;

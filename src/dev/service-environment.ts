import type { AmsStandin } from './parts/ams-standin';
import type { Postgres } from './parts/postgres';
import type { S3Server } from './parts/s3';
import type { TemporalServer } from './parts/temporal';
import type { StackSecrets } from './secrets';
import { devSettings } from './settings';

export interface Surroundings {
  postgres: Pick<Postgres, 'urlOf'>;
  temporal: Pick<TemporalServer, 'address'>;
  s3: Pick<S3Server, 'url' | 'region' | 'accessKey' | 'secretKey'>;
  ams: Pick<AmsStandin, 'url' | 'tokenUrl' | 'jwksUrl' | 'issuer'>;
  secrets: StackSecrets;
  apiUrl: string;
  openshiftVersions: string;
  workflowBundle: string;
}

/** Settings of the service that the launcher's own environment may bring, or replace. */
const passedOn = [
  'LOG_LEVEL', 'RATE_LIMITS', 'HOST_STAGE_TIMEOUTS', 'SERVICE_BASE_URL', 'S3_PUBLIC_ENDPOINT_URL', 'IMAGE_DOWNLOADS', 'HW_VALIDATOR_REQUIREMENTS', 'DISABLED_HOST_VALIDATIONS',
  'CONTROLLER_MANIFESTS', 'CONTROLLER_IMAGE',
] as const;

/** The configuration of the service's processes in a development stack; role and port are added by each. */
export function makeServiceEnvironment(around: Surroundings): Record<string, string> {
  const { secrets, s3, ams } = around;
  const { serviceAccount, users } = secrets.identities;
  return {
    ENVIRONMENT: 'development',
    LOG_LEVEL: 'info',
    SERVICE_BASE_URL: around.apiUrl,
    DATABASE_URL: around.postgres.urlOf(devSettings.postgres.database),
    TEMPORAL_ADDRESS: around.temporal.address,
    TEMPORAL_NAMESPACE: devSettings.temporal.namespace,
    WORKFLOW_BUNDLE: around.workflowBundle,
    S3_ENDPOINT_URL: s3.url,
    S3_REGION: s3.region,
    S3_BUCKET: devSettings.s3.bucket,
    S3_BUCKET_PUBLIC: devSettings.s3.publicBucket,
    S3_ACCESS_KEY_ID: s3.accessKey,
    S3_SECRET_ACCESS_KEY: s3.secretKey,
    AUTH_TYPE: 'rhsso',
    JWKS_URL: ams.jwksUrl,
    JWT_ISSUER: ams.issuer,
    JWT_AUDIENCE: 'cloud-services',
    OCM_BASE_URL: ams.url,
    OCM_TOKEN_URL: ams.tokenUrl,
    OCM_SERVICE_CLIENT_ID: serviceAccount.clientId,
    OCM_SERVICE_CLIENT_SECRET: serviceAccount.clientSecret,
    WITH_AMS_SUBSCRIPTIONS: 'true',
    ADMIN_USERS: users.admin.username,
    OPENSHIFT_VERSIONS: around.openshiftVersions,
    ENCRYPTION_KEY: secrets.encryptionKey,
    URL_SIGNING_KEY: secrets.urlSigningKey,
    PUBLIC_CONTAINER_REGISTRIES: 'quay.io',
    IMAGE_EXPIRATION_TIME: '4h',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...Object.fromEntries(passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
  };
}

import { createAmsClient } from '../ams/ams-client';
import { createLocalTokens, type LocalTokens } from '../auth/local';
import type { AmsClient } from '../ams/ams-types';
import type { AmsCredential } from '../ams/token-grant';
import { toDomainSettings } from '../config/domain-settings';
import type { Settings } from '../config/schema';
import { connectDatabase, type DatabaseConnection } from '../db/client';
import { createSecretBox, type SecretBox } from '../db/secret-box';
import type { DomainSettings } from '../domain/settings';
import type { ConnectionGenerator } from '../iso/static-network/connection-generator';
import { createLogger, type Logger } from '../observability/logger';
import { createMetrics, type Metrics } from '../observability/metrics';
import { createStore } from '../store/create-store';
import type { Store } from '../store/store';
import { createClusterMessenger, type ClusterMessenger } from '../temporal/cluster-messenger';
import { createTemporalClient } from '../temporal/connect';
import { chooseConnections } from './choose-connections';

/** The adapters that every role shares. Nothing is connected yet: each connects with its first call. */
export interface World {
  settings: Settings;
  domain: DomainSettings;
  log: Logger;
  metrics: Metrics;
  database: DatabaseConnection;
  store: Store;
  secretBox: SecretBox;
  temporal: ReturnType<typeof createTemporalClient>;
  messenger: ClusterMessenger;
  /** Makes the connections of static networks. */
  connections: ConnectionGenerator;
  /** null unless AUTH_TYPE is local. */
  localTokens: LocalTokens | null;
  /** null without OCM in the configuration. */
  ams: AmsClient | null;
}

/** Throws ConfigurationError when a program that the settings name is not there. */
export function createWorld(settings: Settings): World {
  const metrics = createMetrics();
  const log = createLogger({ level: settings.LOG_LEVEL, role: settings.ROLE, environment: settings.ENVIRONMENT });
  const temporal = createTemporalClient({ address: settings.TEMPORAL_ADDRESS, namespace: settings.TEMPORAL_NAMESPACE });
  return {
    settings,
    domain: toDomainSettings(settings),
    log,
    metrics,
    database: connectDatabase({
      url: settings.DATABASE_URL,
      max: settings.DATABASE_POOL_SIZE,
      applicationName: `assisted-installer ${settings.ROLE}`,
      columnKey: settings.ENCRYPTION_KEY,
    }),
    store: createStore({
      endpoint: settings.S3_ENDPOINT_URL,
      publicEndpoint: settings.S3_PUBLIC_ENDPOINT_URL,
      region: settings.S3_REGION,
      accessKeyId: settings.S3_ACCESS_KEY_ID,
      secretAccessKey: settings.S3_SECRET_ACCESS_KEY,
      privateBucket: settings.S3_BUCKET,
      publicBucket: settings.S3_BUCKET_PUBLIC,
      log,
    }),
    secretBox: createSecretBox(settings.ENCRYPTION_KEY),
    connections: chooseConnections(settings),
    temporal,
    messenger: createClusterMessenger(temporal.client),
    localTokens: createLocal(settings),
    ams: createAms(settings, metrics),
  };
}

function createLocal({ AUTH_TYPE, EC_PRIVATE_KEY_PEM, EC_PUBLIC_KEY_PEM, LOCAL_TOKEN_EXPIRATION }: Settings): LocalTokens | null {
  if (AUTH_TYPE !== 'local' || !EC_PRIVATE_KEY_PEM) return null;
  return createLocalTokens({ privateKeyPem: EC_PRIVATE_KEY_PEM, formerPublicKeysPem: EC_PUBLIC_KEY_PEM, lifetimeMs: LOCAL_TOKEN_EXPIRATION });
}

function createAms(settings: Settings, metrics: Metrics): AmsClient | null {
  const { OCM_BASE_URL: baseUrl, OCM_TOKEN_URL: tokenUrl } = settings;
  const credential = findCredential(settings);
  if (!baseUrl || !tokenUrl || !credential) return null;
  return createAmsClient({ ...credential, baseUrl, tokenUrl, timeoutMs: settings.OCM_TIMEOUT, observe: metrics.observeOcmCall });
}

function findCredential({ OCM_SERVICE_CLIENT_ID: clientId, OCM_SERVICE_CLIENT_SECRET: clientSecret, OCM_SELF_TOKEN: selfToken }: Settings): AmsCredential | undefined {
  if (selfToken) return { selfToken };
  return clientId && clientSecret ? { clientId, clientSecret } : undefined;
}

import type { AmsStandin } from '../parts/ams-standin';
import type { Postgres } from '../parts/postgres';
import type { S3Server } from '../parts/s3';
import type { ServiceProcess } from '../parts/service';
import type { TemporalServer } from '../parts/temporal';
import { devSettings } from '../settings';
import type { StackFile } from '../stack-file';
import type { StackTokens } from './fetch-tokens';

export interface StackParts {
  postgres: Postgres;
  ams: AmsStandin;
  temporal: TemporalServer;
  s3: S3Server;
  api: ServiceProcess;
  worker: ServiceProcess;
  gatewayUrl: string;
}

/** The content of stack.json for running parts. */
export function describeStack({ postgres, ams, temporal, s3, api, worker, gatewayUrl }: StackParts, tokens: StackTokens): StackFile {
  return {
    api_url: api.url,
    worker_url: worker.url,
    temporal_address: temporal.address,
    temporal_namespace: devSettings.temporal.namespace,
    temporal_ui_url: temporal.uiUrl,
    s3_url: s3.url,
    s3_region: s3.region,
    s3_bucket: devSettings.s3.bucket,
    s3_bucket_public: devSettings.s3.publicBucket,
    s3_access_key_id: s3.accessKey,
    s3_secret_access_key: s3.secretKey,
    ams_url: ams.url,
    token_url: ams.tokenUrl,
    gateway_url: gatewayUrl,
    database_url: postgres.urlOf(devSettings.postgres.database),
    ...tokens,
    pids: {
      api: api.pid,
      worker: worker.pid,
      temporal: temporal.pid,
      postgres: postgres.pid,
      s3: s3.pid,
      ams: ams.pid,
      launcher: process.pid,
    },
  };
}

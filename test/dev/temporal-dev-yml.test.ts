import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../../src/dev/checkout';
import { readPolicy } from '../../src/dev/parts/ensure-bucket';
import { temporalArguments } from '../../src/dev/parts/temporal';
import { listPorts } from '../../src/dev/ports';
import { devSettings } from '../../src/dev/settings';

interface ComposeService {
  image: string;
  command: string[];
  environment?: Record<string, string>;
  ports?: string[];
}

interface ComposeFile {
  services: Record<'temporal' | 'postgres' | 's3' | 's3-buckets', ComposeService>;
  configs: Record<string, { content: string }>;
}

const { services, configs } = parse(readFileSync(join(checkout, 'temporal-dev.yml'), 'utf8')) as ComposeFile;
const ports = listPorts(devSettings.defaultPortBase);

describe('temporal-dev.yml', () => {
  it('starts Temporal as the launcher does', () => {
    const { temporal } = services;
    expect(temporal.image).toBe(`temporalio/temporal:${devSettings.temporal.cliVersion}`);
    expect(temporal.command).toEqual(
      temporalArguments({
        port: ports.temporal,
        uiPort: ports.temporalUi,
        databaseFile: '/data/temporal.db',
        ip: '0.0.0.0',
      }),
    );
    expect(temporal.ports).toEqual([ports.temporal, ports.temporalUi].map((port) => `127.0.0.1:${port}:${port}`));
  });

  it('starts the same Postgres with the same settings, databases and credentials', () => {
    const { postgres } = services;
    const { majorVersion, user, password, database, amsDatabase, parameters } = devSettings.postgres;
    expect(postgres.image).toBe(`postgres:${majorVersion}`);
    expect(postgres.command).toEqual(['postgres', ...Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`])]);
    expect(postgres.environment).toEqual({ POSTGRES_USER: user, POSTGRES_PASSWORD: password, POSTGRES_DB: database });
    expect(configs['ams-database']?.content).toBe(`CREATE DATABASE ${amsDatabase};`);
    expect(postgres.ports).toEqual([`127.0.0.1:${ports.postgres}:5432`]);
  });

  it('starts the same S3 server with the same credentials', () => {
    const { s3 } = services;
    const { version, region, accessKey, secretKey } = devSettings.s3;
    expect(s3.image).toBe(`ghcr.io/versity/versitygw:v${version}`);
    expect(s3.command.join(' ')).toBe(`--port :${ports.s3} --region ${region} --health /health --iam-dir /iam --quiet posix /data`);
    expect(s3.environment).toEqual({ ROOT_ACCESS_KEY: accessKey, ROOT_SECRET_KEY: secretKey });
    expect(s3.ports).toEqual([`127.0.0.1:${ports.s3}:${ports.s3}`]);
  });

  it('makes the same buckets with the same policy', () => {
    const { region, accessKey, secretKey, bucket, publicBucket } = devSettings.s3;
    const { PUBLIC_POLICY: policy = '', ...environment } = services['s3-buckets'].environment ?? {};
    expect(environment).toEqual({
      AWS_ACCESS_KEY_ID: accessKey,
      AWS_SECRET_ACCESS_KEY: secretKey,
      AWS_DEFAULT_REGION: region,
      AWS_ENDPOINT_URL: `http://s3:${ports.s3}`,
      BUCKET: bucket,
      PUBLIC_BUCKET: publicBucket,
    });
    expect(JSON.parse(policy)).toEqual(readPolicy(publicBucket));
  });
});

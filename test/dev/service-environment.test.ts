import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadSecrets } from '../../src/dev/secrets';
import { makeServiceEnvironment } from '../../src/dev/service-environment';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const dir = mkdtempSync(join(tmpdir(), 'service-environment-'));
const secrets = loadSecrets(dir);
rmSync(dir, { recursive: true });

const make = () => makeServiceEnvironment({
  postgres: { urlOf: (database) => `postgres://localhost/${database}` },
  temporal: { address: '127.0.0.1:7233' },
  s3: { url: 'http://s3', region: 'r', accessKey: 'a', secretKey: 's' },
  ams: { url: 'http://ams', tokenUrl: 'http://ams/token', jwksUrl: 'http://ams/jwks', issuer: 'http://ams' },
  secrets, apiUrl: 'http://127.0.0.1:8090', openshiftVersions: '{}', workflowBundle: '/bundle.js',
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the environment of the service in a stack', () => {
  it('has the addresses of the stack', () => {
    vi.stubEnv('SERVICE_BASE_URL', undefined);
    vi.stubEnv('LOG_LEVEL', undefined);
    expect(make()).toMatchObject({ SERVICE_BASE_URL: 'http://127.0.0.1:8090', LOG_LEVEL: 'info', S3_ENDPOINT_URL: 'http://s3' });
    expect(make()).not.toHaveProperty('HW_VALIDATOR_REQUIREMENTS');
  });

  it('takes some settings from the launcher\'s own, and no others', () => {
    vi.stubEnv('SERVICE_BASE_URL', 'http://10.0.2.2:8090');
    vi.stubEnv('DISABLED_HOST_VALIDATIONS', 'ntp-synced');
    vi.stubEnv('DATABASE_URL', 'postgres://elsewhere');
    expect(make()).toMatchObject({ SERVICE_BASE_URL: 'http://10.0.2.2:8090', DISABLED_HOST_VALIDATIONS: 'ntp-synced', DATABASE_URL: 'postgres://localhost/assisted' });
  });
});

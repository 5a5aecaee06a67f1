import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/ams-standin/config';
import { standinEnvironment } from './test-standin';

describe('loadConfig', () => {
  it('reads users and service accounts, and fills in defaults', () => {
    const config = loadConfig(standinEnvironment('postgres://localhost/x'));
    expect(config).toMatchObject({ port: 0, listenAddress: '127.0.0.1', baseUrl: 'http://ams.test', tokenLifetimeSeconds: 900 });
    expect(config.users[3]).toEqual({
      username: 'nopassword', org_id: '33', email: '', first_name: '', last_name: '',
      pull_secret_tokens: [], capabilities: [], banned: false,
    });
  });

  it('names every faulty variable at once and shows no value', () => {
    const secret = 'planted';
    const load = () => loadConfig({ PORT: 'x', BASE_URL: 'none', USERS: `[{"username": "a", "password": "${secret}"}]`, SERVICE_ACCOUNTS: `{${secret}` });
    expect(load).toThrow(/PORT.*DATABASE_URL.*BASE_URL.*SERVICE_ACCOUNTS.*USERS\.0\.org_id/s);
    expect(load).not.toThrow(new RegExp(secret));
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAmsClient } from '../../src/ams/ams-client';
import type { AmsClient } from '../../src/ams/ams-types';
import { serviceAccount, startTestStandin, users } from '../ams-standin/test-standin';
import type { TestStandin } from '../ams-standin/test-standin';

const lifetimeMs = 600_000;
let standin: TestStandin;
let client: AmsClient;
let clock = 0;
let tokenCalls: (number | null)[] = [];

beforeAll(async () => {
  standin = await startTestStandin({ environment: { TOKEN_LIFETIME_SECONDS: String(lifetimeMs / 1000) } });
});
afterAll(() => standin.close());
beforeEach(async () => {
  await fetch(`${standin.url}/faults`, { method: 'DELETE' });
  clock = 1_000_000;
  // Each client's own: a call that a test no longer waits for may end in the next one.
  const calls: typeof tokenCalls = [];
  tokenCalls = calls;
  client = createAmsClient({
    baseUrl: standin.url,
    tokenUrl: standin.tokenUrl,
    clientId: serviceAccount.client_id,
    clientSecret: serviceAccount.client_secret,
    timeoutMs: 5000,
    now: () => clock,
    observe: ({ operation, status }) => {
      if (operation === 'token') calls.push(status);
    },
  });
});

const ask = () => client.reviewAccess('ann');
const askTogether = () => Promise.all(Array.from({ length: 20 }, ask));

describe('the token of the service account', () => {
  it('is fetched once for concurrent calls, and kept', async () => {
    await askTogether();
    await ask();
    expect(tokenCalls).toEqual([200]);
  });

  it('is renewed before it expires, once, while calls go on with the old one', async () => {
    await ask();
    clock += lifetimeMs - 59_000;
    await standin.arm({ match: { path: '/token$' }, delay_ms: 300 });
    await askTogether();
    expect(tokenCalls).toEqual([200]);
    await expect.poll(() => tokenCalls).toEqual([200, 200]);
    await askTogether();
    expect(tokenCalls).toEqual([200, 200]);
  });

  it('outlives a failing renewal, which is repeated after a while', async () => {
    await ask();
    clock += lifetimeMs - 59_000;
    await standin.arm({ match: { path: '/token$' }, status: 503 });
    await askTogether();
    await expect.poll(() => tokenCalls).toEqual([200, 503]);
    await askTogether();
    expect(tokenCalls).toEqual([200, 503]);
    clock += 5000;
    await ask();
    await expect.poll(() => tokenCalls).toEqual([200, 503, 200]);
  });

  it('is waited for once it has expired', async () => {
    await ask();
    clock += lifetimeMs - 4000;
    await askTogether();
    expect(tokenCalls).toEqual([200, 200]);
    clock += lifetimeMs;
    await standin.arm({ match: { path: '/token$' }, status: 500 });
    await expect(ask()).rejects.toMatchObject({ status: null, operation: 'token' });
    await ask();
    expect(tokenCalls).toEqual([200, 200, 500, 200]);
  });

  it('does not hold a caller up beyond its own limit', async () => {
    await standin.arm({ match: { path: '/token$' }, delay_ms: 1500 });
    await expect(client.reviewAccess('ann', { timeoutMs: 100 })).rejects.toMatchObject({ status: null, operation: 'token' });
  });

  it('is replaced once when AMS does not accept it any more', async () => {
    await ask();
    expect((await standin.call('', 'POST', '/keys/rotate', { revoke: true })).status).toBe(200);
    await ask();
    expect(tokenCalls).toEqual([200, 200]);
    await standin.arm({ match: { path: 'access_review' }, status: 401, times: 2 });
    // No word about the user who was asked about: the service's own credential is refused.
    await expect(ask()).rejects.toMatchObject({ status: null, operation: 'reviewAccess' });
    expect(tokenCalls).toEqual([200, 200, 200]);
  });
});

describe('a token in place of a client secret', () => {
  const issue = async (scope: string): Promise<{ access_token: string; refresh_token: string }> => {
    const response = await standin.requestToken({ grant_type: 'password', client_id: 'cloud-services', scope, username: 'ann', password: users[0]?.password ?? '' });
    return (await response.json()) as { access_token: string; refresh_token: string };
  };
  const clientBy = (selfToken: string) => createAmsClient({
    baseUrl: standin.url, tokenUrl: standin.tokenUrl, selfToken, timeoutMs: 5000, now: () => clock,
    observe: ({ operation, status }) => {
      if (operation === 'token') tokenCalls.push(status);
    },
  });

  it('makes access tokens, one after the other', async () => {
    clock = Date.now();
    const byToken = clientBy((await issue('openid offline_access')).refresh_token);
    await Promise.all([byToken.findSubscriptions({ clusterId: 'c1' }), byToken.findSubscriptions({ clusterId: 'c1' })]);
    expect(tokenCalls).toEqual([200]);
    clock += lifetimeMs;
    await byToken.findSubscriptions({ clusterId: 'c1' });
    expect(tokenCalls).toEqual([200, 200]);
  });

  it('is used itself while it is an access token that is good', async () => {
    clock = Date.now();
    const byToken = clientBy((await issue('openid')).access_token);
    await byToken.findSubscriptions({ clusterId: 'c1' });
    clock += lifetimeMs;
    await expect(byToken.findSubscriptions({ clusterId: 'c1' })).rejects.toMatchObject({ name: 'AmsError', status: null, message: expect.stringContaining('expired') });
    expect(tokenCalls).toEqual([]);
  });

  it('is refused at the start when it is none, without being shown', () => {
    expect(() => clientBy('planted')).toThrow(/^OCM_SELF_TOKEN is not a JWT$/);
  });
});

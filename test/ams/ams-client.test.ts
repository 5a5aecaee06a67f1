import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAmsClient } from '../../src/ams/ams-client';
import type { AmsClientOptions } from '../../src/ams/ams-client';
import { AmsError } from '../../src/ams/ams-error';
import type { AmsCallMetric, AmsClient } from '../../src/ams/ams-types';
import { serviceAccount, startTestStandin } from '../ams-standin/test-standin';
import type { TestStandin } from '../ams-standin/test-standin';

let standin: TestStandin;
let client: AmsClient;
const metrics: AmsCallMetric[] = [];

function clientOf(changes: Partial<AmsClientOptions> = {}): AmsClient {
  return createAmsClient({
    baseUrl: `${standin.url}/`,
    tokenUrl: standin.tokenUrl,
    clientId: serviceAccount.client_id,
    clientSecret: serviceAccount.client_secret,
    timeoutMs: 5000,
    ...changes,
  });
}

async function failure(call: Promise<unknown>): Promise<AmsError> {
  const error = await call.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof AmsError)) throw new Error(`expected an AmsError, got ${String(error)}`);
  return error;
}

const wanted = { accountUsername: 'ann', displayName: 'name' };

beforeAll(async () => {
  standin = await startTestStandin();
  client = clientOf({ observe: (metric) => metrics.push(metric) });
});
afterAll(() => standin.close());
afterEach(async () => {
  metrics.length = 0;
  await fetch(`${standin.url}/faults`, { method: 'DELETE' });
});

describe('the life of a subscription', () => {
  it('is reserved, found, changed and read', async () => {
    const created = await client.createReservedSubscription({ ...wanted, clusterId: 'c1' });
    expect(created).toEqual({
      id: expect.any(String), status: 'Reserved', clusterId: 'c1', externalClusterId: '', displayName: 'name',
      consoleUrl: '', organizationId: '11',
    });
    expect(await client.findSubscriptions({ clusterId: 'c1' })).toEqual([created]);
    const changes = { displayName: 'new', externalClusterId: 'ext', consoleUrl: 'https://c.example.com', status: 'Active' } as const;
    const changed = await client.patchSubscription(created.id, changes);
    expect(changed).toEqual({ ...created, ...changes });
    expect(await client.getSubscription(created.id)).toEqual(changed);
    expect((await failure(client.deleteSubscription(created.id))).status).toBe(409);
  });

  it('ends by a deletion that may be repeated', async () => {
    const { id } = await client.createReservedSubscription({ ...wanted, clusterId: 'c2' });
    await client.deleteSubscription(id);
    await client.deleteSubscription(id);
    expect(await failure(client.getSubscription(id))).toMatchObject({ status: 404, operation: 'getSubscription' });
    expect(await client.findSubscriptions({ clusterId: 'c2' })).toEqual([]);
  });

  it('finds only what has this very cluster id, over several pages', async () => {
    await client.createReservedSubscription({ ...wanted, clusterId: 'many' });
    expect(await client.findSubscriptions({ clusterId: `' or cluster_id like '%` })).toEqual([]);
    for (let n = 0; n < 13; n++) await Promise.all(Array.from({ length: 8 }, () => client.createReservedSubscription({ ...wanted, clusterId: 'many' })));
    expect(await client.findSubscriptions({ clusterId: 'many' })).toHaveLength(105);
  });
});

describe('authorizations', () => {
  it('maps accounts and reviews', async () => {
    expect(await client.authorizeToken('planted-pull-secret')).toEqual({
      username: 'ann', orgId: '11', email: 'ann@example.com', firstName: 'Ann', lastName: 'Example',
    });
    expect([await client.reviewCapability('bob'), await client.reviewCapability('ann')]).toEqual([true, false]);
    expect([await client.reviewAccess('ann'), await client.reviewAccess('banned')]).toEqual([true, false]);
  });

  it('reports what AMS refuses', async () => {
    expect((await failure(client.authorizeToken('unknown'))).status).toBe(404);
    expect(await failure(client.createReservedSubscription({ ...wanted, accountUsername: 'banned', clusterId: 'c' })))
      .toMatchObject({ status: 403, operation: 'createReservedSubscription', message: expect.stringContaining('banned') });
  });
});

describe('failures', () => {
  it('are told apart by status, and not retried', async () => {
    for (const status of [400, 403, 429, 500, 503]) {
      await standin.arm({ match: { path: 'subscriptions' }, status });
      expect((await failure(client.findSubscriptions({ clusterId: 'x' }))).status).toBe(status);
    }
  });

  it('have no status when nothing answers, or too late, or unintelligibly', async () => {
    expect((await failure(clientOf({ baseUrl: 'http://127.0.0.1:9' }).reviewAccess('ann')))).toMatchObject({ status: null });
    await standin.arm({ match: { path: 'cluster_authorizations' }, drop_after: true });
    expect((await failure(client.createReservedSubscription({ ...wanted, clusterId: 'lost' }))).status).toBe(null);
    expect(await client.findSubscriptions({ clusterId: 'lost' })).toHaveLength(1);
    await standin.arm({ match: { path: 'access_review' }, delay_ms: 2000 });
    expect(await failure(client.reviewAccess('ann', { timeoutMs: 100 })))
      .toMatchObject({ status: null, message: 'AMS reviewAccess: no answer in time' });
    const proxyPage = clientOf({
      fetch: async (url, init) => (url.includes('/token') ? fetch(url, init) : new Response('<html>')),
    });
    expect((await failure(proxyPage.reviewAccess('ann'))).status).toBe(null);
  });

  it('end with the signal of the caller', async () => {
    const controller = new AbortController();
    await standin.arm({ match: { path: 'access_review' }, delay_ms: 2000 });
    const call = failure(client.reviewAccess('ann', { signal: controller.signal }));
    controller.abort();
    expect((await call).status).toBe(null);
  });

  it('show no secrets', async () => {
    const echo = clientOf({
      fetch: async (url, init) => (url.includes('/token_') || !url.includes('/token')
        ? Response.json({ code: 'X-1', reason: `no account has ${typeof init.body === 'string' ? init.body : ''}` }, { status: 400 })
        : fetch(url, init)),
    });
    const { message } = await failure(echo.authorizeToken('planted-secret'));
    expect(message).toContain('X-1 no account has');
    expect(message).not.toContain('planted-secret');
    const wrong = await failure(clientOf({ clientSecret: 'planted-wrong' }).reviewAccess('ann'));
    expect(wrong).toMatchObject({ status: null, operation: 'token', message: expect.stringContaining('401') });
    expect(JSON.stringify([wrong.message, wrong.stack])).not.toContain('planted-wrong');
  });
});

describe('metrics', () => {
  it('cover every request that is sent', async () => {
    const measured = clientOf({ observe: (metric) => metrics.push(metric) });
    await measured.reviewAccess('ann');
    await standin.arm({ match: { path: 'capability' }, status: 503 });
    await failure(measured.reviewCapability('ann'));
    expect(metrics.map(({ operation, status }) => [operation, status]))
      .toEqual([['token', 200], ['reviewAccess', 200], ['reviewCapability', 503]]);
    expect(metrics.map(({ method, path, token }) => [method, path, token])).toEqual([
      ['POST', expect.stringContaining('/token'), true],
      ['POST', '/api/authorizations/v1/access_review', false],
      ['POST', '/api/authorizations/v1/capability_review', false],
    ]);
    expect(metrics.every(({ durationMs }) => durationMs > 0)).toBe(true);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountsPath, startTestStandin } from './test-standin';
import type { TestStandin } from './test-standin';

const account = `${accountsPath}/current_account`;
const authorizations = `${accountsPath}/cluster_authorizations`;
let standin: TestStandin;
let service: string;

beforeAll(async () => {
  standin = await startTestStandin();
  service = await standin.serviceToken();
});
afterAll(() => standin.close());
afterEach(async () => {
  expect((await fetch(`${standin.url}/faults`, { method: 'DELETE' })).status).toBe(204);
});

describe('fault switches', () => {
  it('answer with a status so many times, on matching requests only', async () => {
    await standin.arm({ match: { method: 'get', path: '^/api/.*account$' }, status: 503, times: 2 });
    expect((await standin.call(service, 'POST', authorizations, { account_username: 'ann', cluster_id: 'c' })).status).toBe(200);
    const first = await standin.call(service, 'GET', account);
    expect([first.status, await first.json()]).toEqual([503, expect.objectContaining({ kind: 'Error' })]);
    expect((await standin.call(service, 'GET', account)).status).toBe(503);
    expect((await standin.call(service, 'GET', account)).status).toBe(200);
    expect(await (await fetch(`${standin.url}/faults`)).json()).toMatchObject([{ times: 2, hits: 2, status: 503 }]);
  });

  it('apply to the token endpoint', async () => {
    await standin.arm({ match: { path: '/token$' }, status: 500 });
    await expect(standin.serviceToken()).rejects.toThrow('500');
    expect(await standin.serviceToken()).not.toBe('');
  });

  it('drop the connection after the work is done', async () => {
    await standin.arm({ match: { path: 'cluster_authorizations' }, drop_after: true });
    const wanted = { account_username: 'ann', cluster_id: 'dropped', reserve: true };
    await expect(standin.call(service, 'POST', authorizations, wanted)).rejects.toThrow('fetch failed');
    const found = await standin.call(service, 'GET', `${accountsPath}/subscriptions?search=${encodeURIComponent(`cluster_id = 'dropped'`)}`);
    expect(await found.json()).toMatchObject({ total: 1 });
  });

  it('delay', async () => {
    await standin.arm({ match: {}, delay_ms: 300 });
    const started = performance.now();
    expect((await standin.call(service, 'GET', account)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
  });

  it.each([{}, { match: { path: '(' }, status: 500 }, { match: {}, status: 200 }, { status: 500, times: 0 }, { status: 500, drop_after: true }])(
    'refuse %j',
    async (fault) => {
      await expect(standin.arm(fault)).rejects.toThrow('Invalid request');
    },
  );
});

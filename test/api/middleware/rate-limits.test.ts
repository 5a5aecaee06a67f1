import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from '../../sim/contract-schema';
import { startTestApi, type TestApi } from '../test-api';

let api: TestApi;
let clusterId: string;
beforeAll(async () => {
  api = await startTestApi({ rateLimits: { user: 5, host: 3, cluster: 4, signed: 2, refused: 3 } });
  const answer = await api.as.user.post('/clusters', { name: 'limited', openshift_version: '4.8', pull_secret: api.pullSecrets.user });
  clusterId = String(answer.json['id']);
});
afterAll(() => api.close());

const statuses = async (count: number, ask: () => Promise<{ status: number }>): Promise<number[]> => {
  const found: number[] = [];
  for (let index = 0; index < count; index += 1) found.push((await ask()).status);
  return found;
};

describe('a caller who sends too many requests', () => {
  it('is told when to come again, in an error of the contract, while others are served', async () => {
    expect(await statuses(6, () => api.as.other.get('/clusters'))).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await api.as.other.get('/clusters');
    expect([refused.status, findViolations('error', refused.json), Number(refused.headers.get('Retry-After'))]).toEqual([429, [], expect.any(Number)]);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('Retry-After'))).toBeLessThanOrEqual(60);
    expect((await api.as.admin.get('/clusters')).status).toBe(200);
  });

  it('is one host, not the fleet that shares its credential', async () => {
    const [noisy, quiet] = [randomUUID(), randomUUID()];
    const poll = (hostId: string) => () => api.as.agent.get(`/clusters/${clusterId}/hosts/${hostId}/instructions`);
    expect(await statuses(4, poll(noisy))).toEqual([404, 404, 404, 429]);
    expect(await statuses(1, poll(quiet))).toEqual([404]);
    expect(await statuses(5, () => api.as.agent.get(`/clusters/${clusterId}`))).toEqual([200, 200, 200, 200, 429]);
  });

  it('is no stranger who names the hosts and clusters of others', async () => {
    const hostId = randomUUID();
    const poll = `/clusters/${clusterId}/hosts/${hostId}/instructions`;
    expect(await statuses(4, () => api.as.otherAgent.get(poll))).toEqual([404, 404, 404, 429]);
    expect(await statuses(3, () => api.as.agent.get(poll))).toEqual([404, 404, 404]);
  });

  it('is a signed address, whoever uses it', async () => {
    const token = await api.signer.sign({ method: 'GET', clusterId, file: 'events', expiresAt: new Date(Date.now() + 60_000) });
    expect(await statuses(3, () => api.as.nobody.get(`/clusters/${clusterId}/events?api_key=${token}`))).toEqual([200, 200, 429]);
  });
});

describe('an address that sends bad credentials', () => {
  const from = (address: string, token: string) => ({ 'X-Forwarded-For': `198.51.100.9, ${address}`, Authorization: `Bearer ${token}` });

  it('may not try more of them, while known ones from there are let in', async () => {
    expect((await api.as.admin.get('/clusters')).status).toBe(200);
    expect(await statuses(4, () => api.as.nobody.get('/clusters', from('203.0.113.7', 'a.b.c')))).toEqual([401, 401, 401, 429]);
    expect((await api.as.nobody.get('/clusters', from('203.0.113.7', api.tokens.admin_token))).status).toBe(200);
    expect((await api.as.nobody.get('/clusters', from('203.0.113.8', 'a.b.c'))).status).toBe(401);
  });

  it('is not counted without a credential', async () => {
    expect(await statuses(5, () => api.as.nobody.get('/clusters'))).toEqual([401, 401, 401, 401, 401]);
  });
});

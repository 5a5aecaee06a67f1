import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
let clusterId: string;
beforeAll(async () => {
  api = await startTestApi();
  const answer = await api.as.user.post('/clusters', { name: 'secured', openshift_version: '4.8', pull_secret: api.pullSecrets.user });
  clusterId = String(answer.json['id']);
});
afterAll(() => api.close());

describe('signed addresses', () => {
  const expiresAt = () => new Date(Date.now() + 60_000);

  it('permit one file of one cluster', async () => {
    const token = await api.signer.sign({ method: 'GET', clusterId, file: 'events', expiresAt: expiresAt() });
    const events = await api.as.nobody.get(`/clusters/${clusterId}/events?api_key=${token}`);
    expect([events.status, findViolations('event-list', events.list)]).toEqual([200, []]);
    expect((await api.as.nobody.get(`/clusters/${clusterId}/downloads/kubeconfig?api_key=${token}`)).status).toBe(401);
    expect((await api.as.nobody.get(`/clusters/${randomUUID()}/events?api_key=${token}`)).status).toBe(401);
    expect((await api.as.nobody.get(`/clusters/${clusterId}?api_key=${token}`)).status).toBe(401);
  });

  it('end', async () => {
    const token = await api.signer.sign({ method: 'GET', clusterId, file: 'events', expiresAt: new Date(Date.now() - 5_000) });
    expect((await api.as.nobody.get(`/clusters/${clusterId}/events?api_key=${token}`)).status).toBe(401);
  });

  it('are not needed by whoever has a better credential', async () => {
    expect((await api.as.user.get(`/clusters/${clusterId}/events?api_key=garbage`)).status).toBe(200);
  });
});

describe('credentials', () => {
  it('that are bad are told apart from none', async () => {
    const bad = await api.as.nobody.get('/clusters', { Authorization: 'Bearer a.b.c' });
    expect([bad.status, bad.json]).toEqual([401, { code: 401, message: 'the token is not valid' }]);
    expect((await api.as.nobody.get(`/clusters/${clusterId}/hosts`, { 'X-Secret-Key': 'wrong' })).status).toBe(401);
  });

  it('are tried one after the other', async () => {
    expect((await api.as.user.get(`/clusters/${clusterId}`, { 'X-Secret-Key': 'wrong' })).status).toBe(200);
    expect((await api.as.agent.get(`/clusters/${clusterId}`, { Authorization: 'Bearer a.b.c' })).status).toBe(200);
  });
});

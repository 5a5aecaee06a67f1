import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalTokens, noUsers, type LocalTokens } from '../../src/auth/local';
import { unauthenticatedAdmin } from '../../src/auth/none';
import { startTestApi, type TestApi } from './test-api';
import { createTestClient, type TestClient } from './test-client';

let api: TestApi;
let clusterId: string;
let otherId: string;
let tokens: LocalTokens;
let local: (headers: Record<string, string>) => TestClient;
let open: TestClient;
beforeAll(async () => {
  api = await startTestApi();
  const privateKeyPem = String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }));
  tokens = createLocalTokens({ privateKeyPem, formerPublicKeysPem: '', lifetimeMs: 3_600_000 });
  const localApp = api.createAppUnder({ type: 'local', user: noUsers, agent: tokens.agents, signedUrl: api.signer, access: null });
  local = (headers) => createTestClient(localApp, headers);
  open = createTestClient(api.createAppUnder({ type: 'none', everybody: unauthenticatedAdmin, signedUrl: api.signer }), {});
  const register = async (name: string) => String((await api.as.user.post('/clusters', { name, openshift_version: '4.8', pull_secret: api.pullSecrets.user })).json['id']);
  [clusterId, otherId] = [await register('first'), await register('second')];
});
afterAll(() => api.close());

const addressOf = async (file: string, validMs = 60_000): Promise<string> =>
  `/clusters/${clusterId}/events?api_key=${await api.signer.sign({ method: 'GET', clusterId, file, expiresAt: new Date(Date.now() + validMs) })}`;

describe('tokens of the service\'s own', () => {
  it('let agents in to their own cluster only', async () => {
    const agent = local({ 'X-Secret-Key': await tokens.issue(clusterId) });
    expect((await agent.get(`/clusters/${clusterId}`)).status).toBe(200);
    expect((await agent.post(`/clusters/${clusterId}/hosts`, { host_id: randomUUID(), discovery_agent_version: 'v1' })).status).toBe(201);
    expect((await agent.get(`/clusters/${otherId}`)).status).toBe(404);
    expect((await agent.post(`/clusters/${otherId}/hosts`, { host_id: randomUUID() })).status).toBe(404);
    expect((await local({ 'X-Secret-Key': await tokens.issue(randomUUID()) }).get(`/clusters/${randomUUID()}`)).status).toBe(404);
  });

  it('make no users', async () => {
    const user = local({ Authorization: `Bearer ${api.tokens.user_token}` });
    expect((await user.get('/clusters')).status).toBe(401);
    expect((await local({ Authorization: `Bearer ${await tokens.issue(clusterId)}` }).get(`/clusters/${clusterId}`)).status).toBe(401);
    expect((await local({ 'X-Secret-Key': await tokens.issue(clusterId) }).delete(`/clusters/${clusterId}`)).status).toBe(401);
  });

  it('do not sign addresses, which are signed as everywhere', async () => {
    const stranger = local({});
    expect((await stranger.get(await addressOf('events'))).status).toBe(200);
    expect((await stranger.get(await addressOf('kubeconfig'))).status).toBe(401);
    expect((await stranger.get(await addressOf('events', -1_000))).status).toBe(401);
    expect((await stranger.get(`/clusters/${clusterId}/events?api_key=${await tokens.issue(clusterId)}`)).status).toBe(401);
  });
});

describe('without authentication', () => {
  it('everybody is the administrator, but a signed address is only what it was signed for', async () => {
    expect((await open.get(`/clusters/${clusterId}/events`)).status).toBe(200);
    expect((await open.get(await addressOf('events'))).status).toBe(200);
    const tampered = await open.get(`${await addressOf('events')}x`);
    expect([tampered.status, tampered.json['message']]).toEqual([401, expect.stringContaining('is not for this request')]);
    expect((await open.get(await addressOf('kubeconfig'))).status).toBe(401);
    expect((await open.get(await addressOf('events', -1_000))).status).toBe(401);
  });
});

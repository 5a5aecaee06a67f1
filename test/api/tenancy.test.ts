import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from './test-api';

// `user` and `colleague` are of one organisation, `other` is of another.
let apart: TestApi;
let shared: TestApi;
beforeAll(async () => {
  [apart, shared] = await Promise.all([startTestApi(), startTestApi({ orgTenancy: true })]);
});
afterAll(() => Promise.all([apart.close(), shared.close()]));

const register = async (api: TestApi, name: string): Promise<string> => {
  const answer = await api.as.user.post('/clusters', { name, openshift_version: '4.8', pull_secret: api.pullSecrets.user });
  expect(answer.status).toBe(201);
  return String(answer.json['id']);
};
const names = async (api: TestApi, caller: 'user' | 'colleague' | 'other'): Promise<unknown[]> => (await api.as[caller].get('/clusters')).list.map((cluster) => cluster['name']);

describe('clusters of an organisation', () => {
  it('are their owners\' alone unless shared', async () => {
    const id = await register(apart, 'alone');
    expect(await names(apart, 'colleague')).toEqual([]);
    expect((await apart.as.colleague.get(`/clusters/${id}`)).status).toBe(404);
    expect(await names(apart, 'user')).toEqual(['alone']);
  });

  it('are seen and changed by its members, and by nobody else, where they are shared', async () => {
    const id = await register(shared, 'ours');
    expect(await names(shared, 'colleague')).toEqual(['ours']);
    expect((await shared.as.colleague.get(`/clusters/${id}`)).status).toBe(200);
    expect((await shared.as.colleague.patch(`/clusters/${id}`, { name: 'renamed', pull_secret: shared.pullSecrets.colleague })).status).toBe(201);
    expect(await names(shared, 'user')).toEqual(['renamed']);
    expect(await names(shared, 'other')).toEqual([]);
    expect((await shared.as.other.get(`/clusters/${id}`)).status).toBe(404);
    expect((await shared.as.other.delete(`/clusters/${id}`)).status).toBe(404);
  });

  it('take no pull secret from outside of it', async () => {
    const id = await register(shared, 'foreign-secret');
    const answer = await shared.as.colleague.patch(`/clusters/${id}`, { pull_secret: shared.pullSecrets.other });
    expect([answer.status, answer.json['reason']]).toEqual([400, expect.stringContaining('another')]);
  });

  it('are open to the agents of its members', async () => {
    const id = await register(shared, 'agents');
    expect((await shared.as.colleagueAgent.get(`/clusters/${id}`)).status).toBe(200);
    expect((await shared.as.otherAgent.get(`/clusters/${id}`)).status).toBe(404);
    expect((await apart.as.colleagueAgent.get(`/clusters/${await register(apart, 'agents')}`)).status).toBe(404);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { markRecovered } from '../../src/db/recovery-mark';
import { recovery } from '../../src/db/schema/recovery';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
  id = String((await api.as.user.post('/clusters', { name: 'absent', openshift_version: '4.8', pull_secret: api.pullSecrets.user })).json['id']);
});
afterEach(async () => {
  Object.assign(api.absence, { recovering: false, known: new Set(), temporalAway: false });
  await markRecovered(api.db);
});
afterAll(() => api.close());

const poll = async (clusterId: string, hostId: string): Promise<[number, string | null]> => {
  const { status, headers } = await api.as.agent.get(`/clusters/${clusterId}/hosts/${hostId}/instructions`);
  return [status, headers.get('Retry-After')];
};

describe('an agent that is not known', () => {
  it('sleeps for ever only if the workflow does not know it either', async () => {
    expect(await poll(id, randomUUID())).toEqual([404, null]);
    expect(await poll(randomUUID(), randomUUID())).toEqual([404, null]);
  });

  it('is told so of a host that has no possible id', async () => {
    expect(await poll(randomUUID(), 'null,null')).toEqual([404, null]);
  });

  it('asks again when the workflow knows its host, or its cluster', async () => {
    const [clusterId, hostId] = [randomUUID(), randomUUID()];
    api.absence.known = new Set([clusterId, hostId]);
    expect(await poll(id, hostId)).toEqual([503, '10']);
    expect(await poll(clusterId, hostId)).toEqual([503, '10']);
    expect((await api.as.agent.post(`/clusters/${clusterId}/hosts`, { host_id: hostId, discovery_agent_version: 'v1' })).status).toBe(503);
  });

  it('asks again while nobody can tell, and before a new database was compared with the workflows', async () => {
    api.absence.temporalAway = true;
    expect(await poll(id, randomUUID())).toEqual([503, '30']);
    api.absence.temporalAway = false;
    await api.db.delete(recovery);
    expect(await poll(id, randomUUID())).toEqual([503, '10']);
  });

  it('is told at once what is no question: a host that was deregistered, a cluster of somebody else', async () => {
    const hostId = randomUUID();
    await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId, discovery_agent_version: 'v1' });
    await api.messenger.refresh(id);
    api.absence.known = new Set([id, hostId]);
    expect((await api.as.otherAgent.get(`/clusters/${id}/hosts/${hostId}/instructions`)).status).toBe(404);
    expect((await api.as.user.delete(`/clusters/${id}/hosts/${hostId}`)).status).toBe(204);
    expect(await poll(id, hostId)).toEqual([404, null]);
  });
});

describe('a user', () => {
  it('is not told that a cluster is gone before the database was compared with the workflows', async () => {
    await api.db.delete(recovery);
    expect((await api.as.user.get(`/clusters/${randomUUID()}`)).status).toBe(503);
    expect((await api.as.user.get(`/clusters/${id}`)).status).toBe(200);
  });

  it('is answered from the database alone', async () => {
    api.absence.temporalAway = true;
    expect((await api.as.user.get(`/clusters/${randomUUID()}`)).status).toBe(404);
  });

  it('waits while the clusters are restored, also once the service has begun to serve', async () => {
    expect((await api.as.user.get('/clusters')).status).toBe(200);
    api.absence.recovering = true;
    expect((await api.as.user.get('/clusters')).status).toBe(503);
  });
});
